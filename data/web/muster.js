// muster.js - what pages do beyond what they already do without it: rows are
// filtered as one types, a link to the figures is copied, and a quiet line says
// when the book has changed since. Nothing here computes or hides a figure that
// the server did not send, and nothing is kept on the reader's machine.
"use strict";

/** An element with attributes and what is in it; texts stay texts. */
function make(name, attributes, ...inside) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...inside);
  return node;
}

// --- rows, filtered as one types ---

const FILTER_FROM = 8; // rows; fewer are seen at once

/** What a row is searched by: its text, small, without accents. */
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function addFilter(table) {
  const rows = [...table.tBodies[0].rows];
  if (rows.length < FILTER_FROM || table.tHead.rows[0].cells.length < 3) return;
  const texts = rows.map((row) => plain(row.textContent));
  const field = make("input", { type: "search", autocomplete: "off", spellcheck: "false" });
  const count = make("span", { class: "count", role: "status" });
  const name = table.caption ? table.caption.textContent : "these rows";
  const label = make("label", {}, make("span", {}, "Filter these rows", make("span", { class: "quiet" }, `: ${name}`)), field);

  const filter = () => {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    let left = 0;
    rows.forEach((row, i) => {
      row.hidden = !words.every((word) => texts[i].includes(word));
      left += !row.hidden;
    });
    // A sum below rows of which some are not shown would be read as theirs.
    if (table.tFoot) table.tFoot.hidden = left < rows.length;
    count.textContent = words.length ? `${left} of ${rows.length} rows` : "";
    table.dispatchEvent(new Event("muster:rows"));
  };
  field.addEventListener("input", filter);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && field.value) {
      field.value = "";
      filter();
      event.preventDefault();
    }
  });
  (table.closest(".wide") || table).before(make("div", { class: "filter" }, label, count));
}

// --- the link to these very figures ---

function addCopy(link) {
  if (!navigator.clipboard) return; // pages that came neither over TLS nor from this machine
  const button = make("button", { type: "button", class: "copy" }, "Copy link");
  const said = make("span", { role: "status" });
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(link.href);
      said.textContent = " Copied.";
    } catch {
      said.textContent = " The browser does not allow it; copy the link by hand.";
    }
    setTimeout(() => (said.textContent = ""), 4000);
  });
  link.after(" ", button, said);
}

// --- what changed since ---

const ASK_EVERY_MS = 20000;
const IDLE_MS = 10 * 60000; // nobody is there: ask no more, and let the session end

/** The instant up to which this page knows the book; null where its clock was set by hand. */
function knownHere(link) {
  if (new URLSearchParams(location.search).get("known")) return null;
  return new URL(link.href).searchParams.get("known");
}

function watch(link) {
  const known = knownHere(link);
  if (!known) return;
  let moved = Date.now(), timer;
  const note = make("p", { class: "changed", role: "status" });
  document.body.append(note); // empty: a reader that speaks notices what comes into it

  const ask = async () => {
    if (document.visibilityState !== "visible" || Date.now() - moved > IDLE_MS) return;
    try {
      const reply = await fetch("/latest", { cache: "no-cache", credentials: "same-origin" });
      const now = (await reply.text()).trim();
      if (!reply.ok || now === known) return;
    } catch {
      return; // the server rests; the page still says what it said
    }
    clearInterval(timer);
    note.append("The book has changed. ", make("a", { href: location.pathname + location.search }, "Show it as it is now"));
  };
  for (const sign of ["keydown", "pointerdown", "scroll", "pointermove"]) {
    addEventListener(sign, () => (moved = Date.now()), { passive: true });
  }
  addEventListener("visibilitychange", ask);
  timer = setInterval(ask, ASK_EVERY_MS);
}

for (const table of document.querySelectorAll(".wide table")) addFilter(table);
const figures = document.querySelector("a.permalink");
if (figures) {
  addCopy(figures);
  watch(figures);
}
