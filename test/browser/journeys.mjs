// journeys.mjs - what people come to do, from the first page to the last, with
// script and without, one of them by keyboard alone. What happened is asked of
// the command line as well: a page that only says so is not enough.
import {
  cellOf, check, checkAxe, close, fill, finish, goes, logIn, makeBook, makePlan, muster, open, PASSWORD, same, serve, tabTo, test, textOf,
} from "./world.mjs";

const LINE = (key) => `/line/${encodeURIComponent(key)}`;
const rowsOf = (store, ...words) => JSON.parse(muster(store, [...words, "--json"]));

for (const js of [true, false]) {
  const how = js ? "with script" : "without script";
  const book = makeBook(`book-${js}`), plan = makePlan(`plan-${js}`);
  const at = await serve(book), planAt = await serve(plan);

  await test(`who reads a transcript accepts a promise and sees the total change, ${how}`, async () => {
    const page = await open({ js });
    await page.goto(`${at}/`, { waitUntil: "load" });
    same(await cellOf(page, "stands", "demo:drone", "announced"), "0", "drones announced before");
    await logIn(page, at, "olena");
    await page.goto(`${at}/inbox?giver=NLD&again=no`, { waitUntil: "load" });
    same(await textOf(page, "article.card mark"), "today the Netherlands announced 6,000 drones for Ukraine.", "the words that were read");
    await goes(page, () => page.click("article.card .deeds a"));
    same(await textOf(page, "h1"), "Accept into the book", "the form");
    await page.type("form.deed input[name=why]", "as the Secretary General said");
    await goes(page, () => page.click("form.deed button"));
    same(await textOf(page, "p.done"), "Recorded.", "it says that it is recorded");
    await page.goto(`${at}/`, { waitUntil: "load" });
    same(await cellOf(page, "stands", "demo:drone", "announced"), "6,000", "drones announced now");
    const { rows } = rowsOf(book, "position", "--by", "item", "--item", "demo:drone");
    same(rows[0].announced, 6000, "the command line says the same");
    const [line] = rowsOf(book, "line", "list", "--with", "said/").rows;
    await page.goto(at + LINE(line.key), { waitUntil: "load" });
    check((await textOf(page, "main")).includes("the Netherlands announced 6,000 drones"), "its line shows the sentence it rests on");
    await close(page);
  });

  await test(`what was misread is edited before it is accepted, ${how}`, async () => {
    const page = await open({ js }), other = await open({ js });
    for (const one of [page, other]) {
      await logIn(one, at, "olena");
      await one.goto(`${at}/inbox?giver=NOR&again=no`, { waitUntil: "load" });
      await goes(one, () => one.click("article.card .deeds a[href^='/do/edit']"));
      same(await textOf(one, "h1"), "Edit what was read", "the form");
      same(await one.$eval("input[name=qty]", (i) => i.value), "250000000", "it begins with what was read");
    }
    if (js) await checkAxe(page, "the form of an edit");
    await fill(page, "input[name=qty]", "260000000");
    await page.type("input[name=why]", "as the ministry has it");
    await goes(page, () => page.click("form.deed button"));
    same(await textOf(page, "p.done"), "Recorded.", "it says that it is recorded");
    await fill(other, "input[name=qty]", "240000000");
    await other.type("input[name=why]", "no, less");
    const reply = await goes(other, () => other.click("form.deed button"));
    same(reply.status(), 409, "the second is refused");
    check((await textOf(other, "[role=alert]")).includes("amount: 250000000, now 260000000"), "and told what the first changed");
    same(await other.$eval("input[name=qty]", (i) => i.value), "240000000", "what was typed is still there");
    check((await textOf(other, "article.card")).includes("edited by olena: as the ministry has it"), "beside what it says now");
    await close(other);
    await page.goto(`${at}/inbox?giver=NOR&again=no`, { waitUntil: "load" });
    check((await textOf(page, "article.card")).includes("260 million EUR"), "the card says what accepting would make");
    await goes(page, () => page.click("article.card .deeds a[href^='/do/accept']"));
    await goes(page, () => page.click("form.deed button"));
    const lines = rowsOf(book, "line", "list", "--with", "said/").rows;
    check(lines.some((l) => l.giver === "NOR" && l.low === 260000000), "the line has the edited amount");
    await close(page);
  });

  await test(`a desk records a delivery by keyboard, and none for another party, ${how}`, async () => {
    const page = await open({ js });
    const key = async (name) => goes(page, () => page.keyboard.press(name));
    await page.goto(at + LINE("demo:2024-04-04/gbr-drones"), { waitUntil: "load" });
    same(await page.$("form.deed"), null, "an outsider is offered no form");
    await tabTo(page, "a.skip");
    await page.keyboard.press("Enter");
    same(await page.evaluate(() => location.hash), "#main", "the menu can be passed over");
    await page.reload({ waitUntil: "load" });
    await tabTo(page, ".person a");
    await key("Enter");
    await tabTo(page, "main input[name=name]");
    await page.keyboard.type("jan");
    await tabTo(page, "main input[name=password]");
    await page.keyboard.type(PASSWORD);
    await key("Enter");
    same(new URL(page.url()).pathname, LINE("demo:2024-04-04/gbr-drones"), "back where one came from");
    await tabTo(page, "form.deed input[name=qty]");
    await page.keyboard.type("4000");
    await tabTo(page, "form.deed select[name=to]");
    await page.keyboard.type("deliv");
    await tabTo(page, "form.deed select[name=from]");
    await page.keyboard.type("dispatched");
    await tabTo(page, "form.deed button");
    await key("Enter");
    same(await page.$eval("p.done", (p) => p.textContent).catch(() => page.$eval("main", (m) => m.innerText)), "Recorded.", "it says that it is recorded");
    const line = rowsOf(book, "position", "--by", "line").rows.find((r) => r.line === "demo:2024-04-04/gbr-drones");
    same(line.delivered, 4000, "delivered, says the command line");

    await page.goto(at + LINE("demo:2024-04-02/deu-shells"), { waitUntil: "load" });
    const before = muster(book, ["history", "demo:2024-04-02/deu-shells", "--csv"]);
    await page.type("form.deed input[name=qty]", "10");
    await page.select("form.deed select[name=to]", "delivered");
    const reply = await goes(page, () => page.click("form.deed button"));
    check(reply.status() >= 400, `another party's is refused: ${reply.status()}`);
    check((await textOf(page, "[role=alert]")).includes("not for the desk of GBR"), "and says why");
    same(await page.$eval("form.deed input[name=qty]", (i) => i.value), "10", "what was typed is still there");
    if (js) await checkAxe(page, "the refusal");
    same(muster(book, ["history", "demo:2024-04-02/deu-shells", "--csv"]), before, "and nothing is recorded");
    await close(page);
  });

  await test(`a coordinator looks at the plan and runs a round, ${how}`, async () => {
    const page = await open({ js });
    await logIn(page, planAt, "olena");
    await page.goto(`${planAt}/plan`, { waitUntil: "load" });
    check((await textOf(page, "#plan")).includes("norland/howitzers"), "the plan has its proposals");
    const deed = async (name, values) => {
      const form = `form[action="/do/${name}"]`;
      await page.$eval(form, (f) => f.closest("details")?.setAttribute("open", ""));
      for (const [field, value] of Object.entries(values)) await fill(page, `${form} input[name=${field}]`, value);
      await goes(page, () => page.click(`${form} button`));
      same(await textOf(page, "p.done").catch(() => textOf(page, "main")), "Recorded.", name);
    };
    await deed("round-open", { round: "winter", why: "before the cold" });
    await deed("round-propose", { round: "winter" });
    await page.goto(`${planAt}/plan?round=winter`, { waitUntil: "load" });
    check((await textOf(page, "#round")).includes("NORLAND/1"), "the round shows what was asked");
    const asked = rowsOf(plan, "round", "show", "winter").proposals.find((p) => p.proposal === "winter/NORLAND/1");
    check(asked.qty > 0, "something is asked of Norland");
    await deed("consent", { round: "winter", proposal: "NORLAND/1", by: "NORLAND", cite: "Letter of its ministry" });
    await deed("round-close", { round: "winter", why: "all is answered that will be" });
    const after = rowsOf(plan, "round", "show", "winter");
    same(after.proposals.find((p) => p.proposal === asked.proposal).agreed, asked.qty, "the consent is in the book");
    same(rowsOf(plan, "round", "list").rows[0].state, "closed", "the round is closed");
    const [line] = rowsOf(plan, "position", "--by", "line").rows;
    same(line.allocated, asked.qty, "and what was agreed to is allocated");
    await close(page);
  });

  await test(`an outsider sees what is public, and nothing else, ${how}`, async () => {
    const outsider = await open({ js }), dora = await open({ js });
    await logIn(dora, at, "dora");
    const paths = ["/", "/promises?donor=DEU", "/donors", "/outlook", "/changes?from=2024-01-01&to=2030-01-01", "/api/v1/late?all=1"];
    for (const path of paths) {
      await outsider.goto(at + path, { waitUntil: "load" });
      const text = await textOf(outsider, "body");
      check(!text.includes("quiet-promise") && !/\b777\b/.test(text), `${path} tells of what is not public`);
    }
    const words = async (page, key) => {
      await page.goto(at + LINE(key), { waitUntil: "load" });
      return (await textOf(page, "main")).replaceAll(key, "KEY");
    };
    // What is hidden is refused as what never was: in the same words.
    same(await words(outsider, "quiet-promise"), await words(outsider, "never-was-one"), "the outsider learns nothing");
    check((await words(dora, "quiet-promise")).includes("777"), "Germany's desk sees its own");
    await close(outsider);
    await close(dora);
  });

  if (!js) continue;

  await test("a page says that the book has changed, and only then", async () => {
    const page = await open();
    await page.goto(`${at}/promises`, { waitUntil: "load" });
    const look = async () => {
      await new Promise((done) => setTimeout(done, 300)); // a commit is seen by readers within 100 ms
      const reply = page.waitForResponse((r) => r.url().endsWith("/latest"));
      await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange", { bubbles: true })));
      await reply;
      await new Promise((done) => setTimeout(done, 100));
      return textOf(page, ".changed");
    };
    same(await look(), "", "nothing changed yet");
    muster(book, ["line", "add", "hidden", "--giver", "DEU", "--receiver", "UKR", "--item", "demo:drone", "--qty", "5", "--stage", "committed", "--label", "parties:DEU"]);
    same(await look(), "", "what this reader may not see is no change");
    muster(book, ["line", "add", "open", "--giver", "DEU", "--receiver", "UKR", "--item", "demo:drone", "--qty", "5", "--stage", "committed"]);
    same(await look(), "The book has changed. Show it as it is now", "a change that this reader sees");
    await checkAxe(page, "the note");
    await goes(page, () => page.click(".changed a"));
    same(await look(), "", "and the new page is up to date");
    await close(page);
  });

  await test("the link to the figures is copied, and keeps both clocks", async () => {
    const page = await open();
    await page.browserContext().overridePermissions(at, ["clipboard-read", "clipboard-write", "clipboard-sanitized-write"]);
    await page.goto(`${at}/donors?effective=2024-06-30`, { waitUntil: "load" });
    await page.click("button.copy");
    await page.waitForFunction(() => document.querySelector("button.copy + span").textContent);
    const copied = new URL(await page.evaluate(() => navigator.clipboard.readText()));
    same(copied.searchParams.get("effective"), "2024-06-30", "the day");
    check(/^20\d\d-.*Z$/.test(copied.searchParams.get("known")), `the instant: ${copied.searchParams.get("known")}`);
    await close(page);
  });
}

await finish();
