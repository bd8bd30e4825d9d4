// screenshots.mjs - docs/pages/*.png, by `make screenshots`: the main pages as
// they are, of the small book and of the invented plan, at days that stay.
import { mkdirSync } from "node:fs";
import { check, close, finish, logIn, makeBook, muster, open, serve, test } from "./world.mjs";

const OUT = "docs/pages", WIDTH = 1100;
const store = makeBook(), book = await serve(store);
const invented = store.replace("book.db", "invented.db");
muster(invented, ["import", "data/invented/plan", "--no-progress"]);
const plan = await serve(invented);

async function picture(name, address, height, scrolled) {
  await test(`${OUT}/${name}.png`, async () => {
    const page = await open({ width: WIDTH });
    if (name === "inbox") await logIn(page, book, "olena");
    await page.goto(address, { waitUntil: "load" });
    if (scrolled) await page.$eval(scrolled, (e) => e.scrollIntoView());
    const y = await page.evaluate(() => scrollY);
    const png = await page.screenshot({ path: `${OUT}/${name}.png`, clip: { x: 0, y, width: WIDTH, height }, captureBeyondViewport: true, optimizeForSpeed: false });
    check(png.length < 150000, `${png.length} bytes`);
    await close(page);
  });
}

mkdirSync(OUT, { recursive: true });
const day = "effective=2025-06-30";
await picture("overview", `${book}/?currency=EUR&${day}`, 900);
await picture("floor", `${book}/?currency=EUR&${day}`, 640, "#floor");
await picture("donors", `${book}/donors?key=gdp&group=Allies&${day}`, 900);
await picture("donor", `${book}/donors/GBR?${day}`, 1000);
await picture("inbox", `${book}/inbox?giver=NLD`, 820);
await picture("plan", `${plan}/plan?effective=2026-01-15`, 740, "#plan");
await picture("line", `${book}/line/${encodeURIComponent("demo:2024-04-04/gbr-drones")}?${day}`, 900);
await finish();
