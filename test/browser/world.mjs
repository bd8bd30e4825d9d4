// world.mjs - what the tests in a browser stand on: stores made by the real
// commands from data/demo, the real server on a free port, a real Chromium.
// Results are TAP; a test is a sentence, and what a page says on its console
// (errors, refusals by the content policy) fails the test in which it says it.
import puppeteer from "puppeteer-core";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const MUSTER = process.env.MUSTER ?? "build/muster";
export const PASSWORD = "correct horse battery";
const PATIENCE = 60000; // ms: machines are slow sometimes

// --- TAP ---

let count = 0, failed = 0, faults = [];

/** What must be so; the rest of the test still runs. */
export function check(so, says) {
  if (!so) faults.push(says);
}
export const same = (is, want, says) => check(is === want, `${says}: is ${JSON.stringify(is)}, want ${JSON.stringify(want)}`);

export async function test(name, run) {
  faults = [];
  try {
    await run();
  } catch (e) {
    faults.push(...String(e.stack ?? e).split("\n").slice(0, 6));
  }
  count += 1;
  failed += faults.length > 0;
  console.log(`${faults.length ? "not ok" : "ok"} ${count} - ${name}`);
  for (const line of faults) console.log(`#   ${line.replaceAll("\n", "\n#   ")}`);
}

// --- stores ---

const top = mkdtempSync(join(tmpdir(), "muster-browser-"));

/** A command on a store; its answer. */
export function muster(store, words, input) {
  const env = { ...process.env, MUSTER_AUTHOR: "test" };
  return execFileSync(MUSTER, [...words, "--store", store], { encoding: "utf8", input: input ?? "", env, stdio: "pipe" });
}

function users(store, list) {
  for (const [name, ...words] of list) {
    muster(store, ["user", "add", name, ...words]);
    muster(store, ["user", "password", name], `${PASSWORD}\n`);
  }
}

/** The small book with its two documents, and one promise that only Germany may see. */
export function makeBook(name = "book") {
  const store = join(top, `${name}.db`);
  muster(store, ["import", "data/demo", "--no-progress"]);
  const said = readdirSync("data/invented/said").map((file) => `data/invented/said/${file}`);
  muster(store, ["import", ...said, "--no-progress"]);
  muster(store, ["line", "add", "quiet-promise", "--giver", "DEU", "--receiver", "UKR", "--item", "demo:drone",
    "--qty", "777", "--stage", "committed", "--promised", "2024-12-31", "--on", "2024-10-01", "--label", "parties:DEU"]);
  users(store, [["olena", "--role", "coordinator"], ["jan", "--role", "desk", "--party", "GBR"], ["dora", "--role", "desk", "--party", "DEU"]]);
  return store;
}

/** The invented book of a plan, with its days moved to lie ahead of today. */
export function makePlan(name = "plan") {
  const store = join(top, `${name}.db`), from = "data/invented/plan", to = join(top, name);
  const now = new Date(), months = (now.getUTCFullYear() - 2026) * 12 + now.getUTCMonth();
  const moved = (day, year, month) => {
    const at = +year * 12 + (+month - 1) + months;
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`;
  };
  mkdirSync(to);
  for (const file of readdirSync(from)) {
    const text = readFileSync(join(from, file), "utf8");
    // Days up to the 28th stay; later ones are not in every month.
    const day = (all, year, month, d) => `${moved(all, year, month)}${d ? (d > "-28" ? "-28" : d) : ""}`;
    writeFileSync(join(to, file), file.endsWith(".csv") ? text.replace(/\b(2026|2027)-(\d\d)(-\d\d)?\b/g, day) : text);
  }
  muster(store, ["import", to, "--no-progress"]);
  users(store, [["olena", "--role", "coordinator"]]);
  return store;
}

// --- servers and browser ---

const running = [];

/** Serve a store; the address, without a slash at its end. */
export async function serve(store) {
  const server = spawn(MUSTER, ["serve", "--store", store, "--listen", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "inherit"] });
  running.push(server);
  let said = "";
  for await (const piece of server.stdout) {
    said += piece;
    const at = /http:\/\/[0-9.:]+/.exec(said);
    if (at) return at[0];
  }
  throw new Error("the server did not begin");
}

// However this ends, no server and no store stays behind.
process.on("exit", () => {
  for (const server of running) server.kill("SIGTERM");
  rmSync(top, { recursive: true, force: true });
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));

let browser;

/**
 * A window with nothing in it that another window knows. Of `how`: js (true),
 * width (1280), scheme ("light"). What its console says is a fault.
 */
export async function open(how = {}) {
  const { js = true, width = 1280, scheme = "light" } = how;
  browser ??= await puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", headless: true, protocolTimeout: PATIENCE,
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
  });
  const context = await browser.createBrowserContext(), page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  page.on("console", (m) => {
    const refused = /status of (401|403|404|409|422)/.test(m.text()); // said of refusals that a test asks for
    if ((m.type() === "error" || m.type() === "warn") && !refused) faults.push(`console: ${m.text()}`);
  });
  page.on("pageerror", (e) => faults.push(`script: ${e.message}`));
  await page.setJavaScriptEnabled(js);
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  return page;
}

export async function close(page) {
  await page.browserContext().close();
}

export async function finish() {
  await browser?.close();
  console.log(`1..${count}`);
  process.exit(failed || !count ? 1 : 0);
}

// --- what is done on pages ---

/** Do what leads to another page, and wait until that is there. */
export async function goes(page, act) {
  const [reply] = await Promise.all([page.waitForNavigation({ waitUntil: "load" }), act()]);
  return reply;
}

export async function fill(page, selector, value) {
  await page.$eval(selector, (field) => (field.value = ""));
  await page.type(selector, value);
}

export async function logIn(page, base, name) {
  await page.goto(`${base}/login?next=/`, { waitUntil: "load" });
  await page.type("input[name=name]", name);
  await page.type("input[name=password]", PASSWORD);
  await goes(page, () => page.click("form.login button"));
}

/** The text of the cell in the row that begins with KEY, below the heading. */
export function cellOf(page, section, key, heading) {
  return page.evaluate((section, key, heading) => {
    const table = document.querySelector(`#${section} table`), heads = table ? [...table.tHead.rows[0].cells] : [];
    const k = heads.findIndex((th) => th.textContent.trim() === heading);
    const row = table && [...table.tBodies[0].rows].find((r) => r.cells[0].textContent.trim() === key);
    return row && k >= 0 ? row.cells[k].textContent.trim() : null;
  }, section, key, heading);
}

export const textOf = (page, selector) => page.$eval(selector, (e) => e.textContent.trim());

/** Nothing sticks out sideways. */
export async function checkNarrow(page, says) {
  const [needs, has] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  check(needs <= has, `${says} is ${needs} px wide in a window of ${has}`);
}

/** axe finds nothing against WCAG 2.2 AA. */
export async function checkAxe(page, says) {
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const { violations } = await axe.run(document, { runOnly: { type: "tag", values: tags }, preload: false, resultTypes: ["violations"] });
    return violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | ")}`);
  });
  for (const one of found) check(false, `${says}: ${one}`);
}

/** Press Tab until the thing with the focus is the one of that selector; every stop shows that it has it. */
export async function tabTo(page, selector) {
  for (let i = 0; i < 120; i++) {
    await page.keyboard.press("Tab");
    const [there, seen] = await page.evaluate((selector) => {
      const at = document.activeElement, style = getComputedStyle(at);
      return [at.matches(selector), style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0];
    }, selector);
    check(seen, `the focus is not seen on the way to ${selector}`);
    if (there) return;
  }
  throw new Error(`Tab does not lead to ${selector}`);
}
