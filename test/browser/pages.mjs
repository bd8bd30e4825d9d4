// pages.mjs - every page: nothing for axe to find in light and in dark, nothing
// beyond a narrow window, nothing on the console, light to load, and pictures
// that say what their tables say.
import { check, checkAxe, checkNarrow, close, finish, logIn, makeBook, makePlan, open, same, serve, test } from "./world.mjs";

const book = await serve(makeBook()), plan = await serve(makePlan());
const LINE = "/line/demo%3A2024-04-04%2Fgbr-drones";
const PAGES = [
  ["overview", book, "/"], ["needs", plan, "/needs"], ["promises", book, "/promises"],
  ["donors", book, "/donors?key=gdp&group=Allies"], ["outlook", book, "/outlook"],
  ["donor", book, "/donors/DEU"], ["floor", book, "/explain?floor=demo%3Adecided%2F2024-07-10%2Fyearly-floor"], ["plan", plan, "/plan"],
  ["record", book, "/record?words=drones&quote=NATO+Allies"], ["inbox", book, "/inbox"], ["line", book, LINE],
  ["changes", book, "/changes?from=2024-01-01&to=2030-01-01"], ["sources", book, "/sources"], ["help", book, "/help"],
  ["search", book, "/search?q=drone"], ["login", book, "/login"], ["missing", book, "/there-is-no-such-page"],
];
const BYTES_MAX = 200000;

/** How many bytes the page and all that it brings came to, as they were sent. */
async function weigh(page, address) {
  const session = await page.createCDPSession();
  let bytes = 0;
  await session.send("Network.enable");
  session.on("Network.loadingFinished", (e) => (bytes += e.encodedDataLength));
  await page.goto(address, { waitUntil: "load" }); // also of what is deferred
  await session.detach();
  return bytes;
}

await test("every page is accessible and light to load", async () => {
  const page = await open();
  await page.setCacheEnabled(false);
  for (const [name, base, path] of PAGES) {
    const bytes = await weigh(page, base + path);
    check(bytes < BYTES_MAX, `${name} comes to ${bytes} bytes`);
    await checkAxe(page, name);
    same(await page.$$eval("h1", (all) => all.length), 1, `${name}: headings of the first level`);
  }
  await close(page);
});

await test("so it is in dark colours on 320 px, where nothing sticks out", async () => {
  const page = await open({ width: 320, scheme: "dark" });
  for (const [name, base, path] of PAGES) {
    await page.goto(base + path, { waitUntil: "load" });
    await checkAxe(page, name);
    await checkNarrow(page, name);
  }
  await close(page);
});

await test("nor without script", async () => {
  const page = await open({ js: false, width: 320 });
  for (const [name, base, path] of PAGES) {
    await page.goto(base + path, { waitUntil: "load" });
    await checkNarrow(page, name);
  }
  await close(page);
});

await test("what a coordinator sees besides is accessible too", async () => {
  for (const [base, scheme, paths] of [[book, "light", ["/inbox", LINE, "/do/accept?candidate=1"]], [plan, "dark", ["/plan"]]]) {
    {
      const page = await open({ scheme, width: 320 });
      await logIn(page, base, "olena");
      for (const path of paths) {
        await page.goto(base + path, { waitUntil: "load" });
        if (path === "/plan") await page.$$eval("details", (all) => all.forEach((d) => (d.open = true)));
        await checkAxe(page, path);
        await checkNarrow(page, path);
      }
      await close(page);
    }
  }
});

// --- pictures ---

/** Of each bar its title and its length, in shares of the longest of the first series. */
const bars = (page, figure) => page.evaluate((figure) => {
  const svg = document.querySelectorAll(`${figure} svg.plot`)[0];
  return [...svg.querySelectorAll("g[aria-label=bar] rect")].map((r) => [r.querySelector("title").textContent, r.getBoundingClientRect().width]);
}, figure);

await test("a picture has a bar for each number of its table, as long as the number is large", async () => {
  const page = await open();
  await page.goto(`${book}/`, { waitUntil: "load" });
  const drawn = new Map(await bars(page, "#burden"));
  const cells = await page.$$eval("#burden tbody tr", (rows) => rows.flatMap((row) => {
    const heads = [...row.closest("table").tHead.rows[0].cells].map((th) => th.textContent.trim());
    return ["military", "financial", "humanitarian"].map((name) => [row.cells[1].textContent, name, row.cells[heads.indexOf(name)].textContent.trim()]);
  }));
  const numbers = cells.map(([who, what, text]) => [`${who}, ${what}: ${text}`, Number(text.replaceAll(",", ""))]);
  const [longest, most] = numbers.reduce((a, b) => (b[1] > a[1] ? b : a));
  const scale = drawn.get(longest) / most;
  check(numbers.length >= 36, "the table has its rows");
  for (const [title, n] of numbers) {
    if (!drawn.has(title)) check(n === 0, `no bar for ${title}`);
    else check(Math.abs(drawn.get(title) - n * scale) < 1.5, `${title} is ${drawn.get(title)} px, want ${n * scale}`);
  }
  same(await page.$eval("#burden figure", (f) => f.getAttribute("aria-hidden")), "true", "who hears the page hears the table only");
  await close(page);
});

await test("a picture is of all rows, also where the table shows some", async () => {
  const page = await open();
  const number = (text) => Number(text.replaceAll(",", ""));
  await page.goto(`${book}/`, { waitUntil: "load" });
  const totals = await page.$$eval("#burden tfoot td", (cells) => cells.map((td) => td.textContent));
  const heads = await page.$$eval("#burden thead th", (all) => all.map((th) => th.textContent.trim()));
  const drawn = (await bars(page, "#burden")).map(([title]) => title.match(/^(.*), (.*): (.*)$/).slice(1));
  check(new Set(drawn.map(([who]) => who)).size > 12, "more donors than rows");
  check(drawn.some(([who]) => /^\d+ others$/.test(who)), "those that are too many are one bar");
  for (const what of ["military", "financial", "humanitarian"]) {
    const sum = drawn.filter(([, part]) => part === what).reduce((n, [, , text]) => n + number(text), 0);
    check(Math.abs(sum - number(totals[heads.indexOf(what)])) < 2, `${what} of the picture comes to ${sum}`);
  }
  await page.goto(`${book}/?burden.from=12`, { waitUntil: "load" });
  const further = (await bars(page, "#burden")).map(([title]) => title);
  same(further.join("\n"), drawn.map(([who, part, text]) => `${who}, ${part}: ${text}`).join("\n"), "on the next rows it is the same");
  await close(page);
});

await test("a year stands against its floor, which is a line over its bar", async () => {
  const page = await open();
  await page.goto(`${book}/`, { waitUntil: "load" });
  const years = await page.$$eval("#floor svg.plot g[aria-label=bar] rect title", (all) => all.map((t) => t.textContent.slice(0, 4)));
  same(years.join(), "2022,2023,2024", "a bar a year");
  const [title, at] = await page.$eval("#floor svg.plot g[aria-label=tick] line", (line) => [line.querySelector("title").textContent, line.getBoundingClientRect().top]);
  same(title, "2024, at least: 40,000,000,000", "the floor of the year in which it holds");
  const [top, height] = await page.$$eval("#floor svg.plot g[aria-label=bar] rect", (all) => [all[2].getBoundingClientRect().top, all[2].getBoundingClientRect().height]);
  check(Math.abs(top + height * (1 - 40 / 41.149) - at) < 3, `the line at ${at}, the bar from ${top}, ${height} high`);
  const [href] = await page.$$eval("#floor tbody a", (all) => all.map((a) => a.getAttribute("href")).filter((h) => h.includes("year=2024")));
  await page.goto(`${book}${href}`, { waitUntil: "load" });
  const amounts = await page.$$eval("#floor tbody td:nth-of-type(5)", (cells) => cells.map((td) => Number(td.textContent.replaceAll(",", ""))));
  same(amounts.reduce((a, b) => a + b, 0), 41149164000, "behind it are the rows that make it");
  await close(page);
});

await test("a picture follows the rows that are filtered", async () => {
  const page = await open();
  await page.goto(`${book}/`, { waitUntil: "load" });
  await page.type("#burden .filter input", "germ");
  const left = await page.$$eval("#burden tbody tr", (rows) => rows.filter((row) => !row.hidden).map((row) => row.cells[0].textContent.trim()));
  same(left.join(), "DEU", "the rows that are left");
  check((await bars(page, "#burden")).every(([title]) => title.startsWith("Germany,")), "only its bars are drawn");
  same(await page.$eval("#burden tfoot", (foot) => foot.hidden), true, "the sum of all rows is not shown under some");
  await page.keyboard.press("Escape");
  same(await page.$$eval("#burden tbody tr", (rows) => rows.filter((row) => row.hidden).length), 0, "Escape brings all back");
  await close(page);
});

await test("what draws is brought only where there is something to draw, and waited for by nobody", async () => {
  const page = await open();
  await page.goto(`${book}/`, { waitUntil: "load" });
  const plots = () => page.$$eval("script[src$='plot.js']", (all) => all.map((s) => s.defer));
  same((await plots()).join(), "true", "the overview brings it once, deferred");
  await page.goto(`${book}/help`, { waitUntil: "load" });
  same((await plots()).length, 0, "the help brings none");
  await close(page);
});

await test("on paper there are no controls, and the picture stays", async () => {
  const page = await open();
  await page.goto(`${book}/donors`, { waitUntil: "load" });
  await page.emulateMediaType("print");
  const shown = (selector) => page.$eval(selector, (e) => e.getClientRects().length > 0);
  same(await shown("header"), false, "no menu");
  same(await shown(".filter"), false, "no filter");
  same(await shown("#burden svg.plot"), true, "the picture");
  await close(page);
});

await test("a donor's page fits on paper, and says where it is from", async () => {
  const page = await open({ width: 718 }); // A4 less its margins
  await page.goto(`${book}/donors/DEU`, { waitUntil: "load" });
  await page.emulateMediaType("print");
  await checkNarrow(page, "the page on paper");
  const sticks = await page.$$eval("table", (all) => all.filter((t) => t.getBoundingClientRect().right > innerWidth).map((t) => t.caption.textContent));
  same(sticks.join(), "", "no table is cut off");
  same(await page.$eval("header", (e) => e.getClientRects().length), 0, "no menu");
  check((await page.$eval(".permalink", (a) => getComputedStyle(a, "::after").content)).includes("known="), "the address of these figures is printed");
  await close(page);
});

await finish();
