// pictures.js - a picture above every table that asks for one.
//
// The table says what to draw: data-picture="stack name military financial" is
// a sort of picture, the column along which it goes, and the columns that it
// shows; several pictures stand with "; " between them. The headings name
// their columns (data-name), cells hold their numbers (data-n). A picture
// therefore cannot show what its table does not: it is drawn from what stands
// there, row by row, in that order, again when rows are filtered or the window
// changes. Where the table is long and shows a part of itself, all its rows
// come along (data-whole), and the picture is of all. It is hidden from readers
// that speak, for whom the table is better.
//
//   bars X Y       a bar a row: Y may be below zero
//   stack X Y...   a bar a row, of parts that add up
//   share X Y...   the same, each row made 100 percent: units may differ
//   against X Y T  a bar for Y, and a stroke at T, which it is held against
//   columns X Y... upright and stacked: X is a month, a year
//   line X Y...    Y over the days of X
//   floor X Y T    upright bars for Y and the line T that they should reach, one
//                  picture for each name in the first column
//
// X may be *: whatever the rows are named by.
//
// Colours are those of Okabe and Ito, each with a hatching of its own, from the
// style sheet, so that dark and paper need nothing here. Nothing inline: what
// Plot would put into a <style> stands in muster.css.
import { axisX, axisY, barX, barY, dot, gridX, gridY, lineY, plot, ruleX, ruleY, text, tickX, tickY } from "@observablehq/plot";

const ROWS_MAX = 24, SERIES_MAX = 6, SVG = "http://www.w3.org/2000/svg";
const SYMBOLS = ["circle", "square", "triangle", "diamond", "star", "cross"];

// --- what stands in the table ---

// What is drawn, from the rows as they are shown or from all of the list.
const isFiltered = (table) => [...table.tBodies[0].rows].some((row) => row.hidden);

function rowsShown(table, at) {
  return [...table.tBodies[0].rows].filter((row) => !row.hidden).map((row) => ({
    text: (name) => (name in at ? nameOf(row.cells[at[name]]) : ""), number: (name) => numberOf(row.cells[at[name]]),
  }));
}

function rowsWhole({ columns, rows }) {
  const at = { "*": 0, ...Object.fromEntries(columns.map((name, k) => [name, k])) };
  return rows.map((row) => ({
    text: (name) => (row[at[name]] ?? "").toString(),
    number: (name) => (typeof row[at[name]] === "number" ? row[at[name]] : null),
  }));
}

function readTable(table, sort, names) {
  const heads = [...table.tHead.rows[0].cells];
  const at = { "*": 0, ...Object.fromEntries(heads.map((th, k) => [th.dataset.name, k])) };
  const label = (name) => heads[at[name]].textContent.trim();
  const series = names.slice(1).filter((name) => name in at).slice(0, SERIES_MAX);
  if (!(names[0] in at) || !series.length) return [];
  const whole = table.dataset.whole && !isFiltered(table) ? JSON.parse(table.dataset.whole) : null;
  const all = whole ? rowsWhole(whole) : rowsShown(table, at), beyond = whole ? whole.left : 0;
  if (sort !== "share" && mixed(all)) return [];
  const titles = sort === "floor" ? [...new Set(all.map((row) => row.text("*")))] : [null];
  return titles.map((title) => dataOf(all.filter((row) => title === null || row.text("*") === title),
    { sort, names, series, label, beyond, title: titles.length > 1 ? title : "" })).filter(Boolean);
}

// Lying bars are few enough to be told apart: the rest is one more of them, or is left to the table.
function dataOf(all, { sort, names, series, label, beyond, title }) {
  const lie = !["columns", "line", "floor"].includes(sort), adds = ["bars", "stack"].includes(sort) && !beyond;
  const most = !lie || all.length <= ROWS_MAX ? all.length : adds ? ROWS_MAX - 1 : ROWS_MAX;
  const rows = all.slice(0, most).map((row) => ({
    key: row.text(names[0]) || row.text("*"), values: series.map((name) => row.number(name)),
  }));
  let left = all.length - rows.length;
  if (left && adds) {
    const others = all.slice(most);
    rows.push({ key: `${left} others`, values: series.map((name) => others.reduce((n, row) => n + (row.number(name) ?? 0), 0)) });
    left = 0;
  }
  const drawn = series.map((name, k) => ({ name, label: label(name), k })).filter(({ k }) => rows.some((r) => r.values[k]));
  if (!rows.length || !drawn.length || new Set(rows.map((r) => r.key)).size < rows.length) return null;
  return { rows, series: drawn, left: left + beyond, title };
}

const nameOf = (cell) => cell.textContent.trim().replace(/^\u2013$/, ""); // a dash: it has none
const numberOf = (cell) => (cell && cell.dataset.n !== undefined ? Number(cell.dataset.n) : null);

// Euros and pounds, or shells and drones, are not drawn to one scale.
function mixed(rows) {
  return ["currency", "unit"].some((name) => new Set(rows.map((row) => row.text(name))).size > 1);
}

const flat = ({ rows, series }) => rows.flatMap((row) => series.flatMap(({ name, label, k }) =>
  row.values[k] === null ? [] : [{ key: row.key, value: row.values[k], series: name, label }]));

// --- how numbers are written ---

const three = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });
function short(n) {
  for (const [one, word] of [[1e12, " tn"], [1e9, " bn"], [1e6, " m"]]) {
    if (Math.abs(n) >= one) return three.format(n / one) + word;
  }
  return three.format(n);
}
const percent = (n) => three.format(n * 100) + " %";
const told = ({ key, label, value }) => `${key}, ${label}: ${value.toLocaleString("en", { maximumFractionDigits: 6 })}`;

// --- the sorts of pictures ---

const fill = (k) => `url(#muster-${k})`;
const colors = ({ series }) => ({ type: "ordinal", domain: series.map((s) => s.name), range: series.map((s) => fill(s.k)) });
const outline = { stroke: "var(--ink)", strokeWidth: 0.5 };

// Longer names than a third of the picture end in dots; the table has them whole.
function margin(data, width) {
  const most = Math.max(8, Math.floor(width / 3 / 7.5));
  const clip = (key) => (key.length > most ? key.slice(0, most - 1) + "…" : key);
  return { clip, marginLeft: 12 + 7.5 * Math.max(...data.rows.map((r) => clip(r.key).length)) };
}

function lying(data, width, share) {
  const cells = flat(data), { clip, marginLeft } = margin(data, width), format = share ? percent : short;
  const sums = data.rows.map((row) => {
    const values = data.series.map(({ k }) => row.values[k] ?? 0);
    return { key: row.key, sum: values.reduce((a, b) => a + b, 0), end: values.reduce((a, b) => a + Math.max(b, 0), 0) };
  });
  return {
    height: 34 + 26 * data.rows.length, marginLeft, marginRight: share ? 24 : 62, marginTop: 4, marginBottom: 30,
    x: { nice: !share }, y: { domain: data.rows.map((r) => r.key), padding: 0.25 }, color: colors(data),
    marks: [
      gridX({ ticks: Math.max(2, width / 160) }),
      axisX({ label: null, ticks: Math.max(2, width / 160), tickFormat: format }),
      axisY({ label: null, tickFormat: clip, tickSize: 0 }),
      barX(cells, { x: "value", y: "key", fill: "series", title: told, offset: share ? "normalize" : null, ...outline }),
      share ? null : text(sums, { x: "end", y: "key", text: (d) => short(d.sum), textAnchor: "start", dx: 4 }),
      ruleX([0]),
    ],
  };
}

function against(data, width) {
  const [own, goal] = data.series, one = { ...data, series: [own] };
  if (!goal) return lying(one, width);
  const picture = lying(one, width), goals = data.rows.map((row) => ({ key: row.key, label: goal.label, value: row.values[goal.k] }));
  picture.marks.push(tickX(goals.filter((d) => d.value !== null), { x: "value", y: "key", stroke: "var(--ink)", strokeWidth: 4, inset: -2, title: told }));
  return picture;
}

function upright(data, width) {
  const keys = data.rows.filter((row) => row.values.some((n) => n !== null)).map((row) => row.key);
  return {
    height: 260, marginLeft: 62, marginBottom: 34, y: { nice: true }, x: { domain: keys }, color: colors(data),
    marks: [
      gridY({ ticks: 5 }), axisY({ label: null, ticks: 5, tickFormat: short }),
      axisX({ label: null, tickSize: 0, tickFormat: everyNth(keys, width) }),
      barY(flat(data), { x: "key", y: "value", fill: "series", title: told, ...outline }),
      ruleY([0]),
    ],
  };
}

// A bar a year, and over it the line that it should reach.
function floors(data, width) {
  const [own, least] = data.series, picture = upright({ ...data, series: [own] }, width);
  if (!least) return picture;
  const goals = data.rows.map((row) => ({ key: row.key, label: least.label, value: row.values[least.k] }));
  picture.marks.push(tickY(goals.filter((d) => d.value !== null), { x: "key", y: "value", stroke: "var(--ink)", strokeWidth: 4, inset: -8, title: told }));
  return picture;
}

function everyNth(keys, width) {
  const step = Math.ceil((keys.length * 8 * Math.max(...keys.map((key) => key.length))) / width);
  return (key, i) => (i % step ? "" : key);
}

// A day, a month or a year as the day that it begins with.
const dayOf = (key) => new Date(`${key}${"-01-01".slice(key.length - 10)}T00:00:00Z`);

function lines(data, width) {
  const points = flat(data).map((d) => ({ ...d, day: dayOf(d.key) })).filter((d) => !isNaN(d.day));
  const domain = data.series.map((s) => s.name);
  return {
    height: 260, marginLeft: 62, marginRight: 20, marginBottom: 34, x: { type: "utc" }, y: { nice: true, zero: true },
    color: { type: "ordinal", domain, range: data.series.map((s) => `var(--c${s.k})`) },
    symbol: { domain, range: data.series.map((s) => SYMBOLS[s.k]) },
    marks: [
      gridY({ ticks: 5 }), axisY({ label: null, ticks: 5, tickFormat: short }), axisX({ label: null, ticks: Math.max(2, width / 110) }),
      lineY(points, { x: "day", y: "value", stroke: "series", strokeWidth: 2 }),
      dot(points, { x: "day", y: "value", fill: "series", symbol: "series", title: told, ...outline }), ruleY([0]),
    ],
  };
}

const SORTS = {
  bars: lying, stack: lying, share: (data, width) => lying(data, width, true), against, columns: upright, line: lines,
  floor: floors,
};

// --- into the page ---

function make(name, attributes, ...inside) {
  const node = name === "svg" || name === "rect" ? document.createElementNS(SVG, name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...inside);
  return node;
}

function legend(series, sort) {
  const stroke = sort === "floor" ? { x: 0, y: 4, width: 18, height: 4, class: "goal" } : { x: 7, y: 0, width: 4, height: 12, class: "goal" };
  const goes = ["against", "floor"].includes(sort);
  const swatch = (k) => ({ width: 18, height: 12, fill: fill(k), class: "swatch" });
  return make("ul", { class: "legend" }, ...series.map(({ label, k }) => make("li", {},
    make("svg", { width: 18, height: 12 }, make("rect", goes && k ? stroke : swatch(k))), ` ${label}`)));
}

// The pictures of one request, as nodes; none when the table has nothing to draw.
function draw(table, request, width) {
  const [sort, ...names] = request.split(" ");
  return (SORTS[sort] ? readTable(table, sort, names) : []).flatMap((data) => {
    const svg = plot({ className: "plot", width, ...SORTS[sort](data, width) });
    svg.querySelectorAll("style").forEach((style) => style.remove());
    const says = data.left ? `The first ${data.rows.length} of ${data.rows.length + data.left} rows.` : "";
    return [make("figcaption", {}, data.title ? `${data.title} ` : "", legend(data.series, sort), says), svg];
  });
}

function picture(table) {
  const before = table.closest(".wide") ?? table, figure = make("figure", { class: "picture", "aria-hidden": "true" });
  const again = () => {
    const width = Math.max(240, Math.min(before.clientWidth, 900));
    figure.replaceChildren(...table.dataset.picture.split("; ").flatMap((request) => draw(table, request, width)));
    figure.hidden = !figure.childElementCount;
  };
  const filter = before.previousElementSibling;
  (filter?.matches(".filter") ? filter : before).before(figure);
  table.addEventListener("muster:rows", again);
  return { before, again, width: before.clientWidth };
}

// One for each series: its colour from the style sheet, and a hatching over it.
function hatchings() {
  const ways = ["", "M0 6 6 0", "M0 3H6", "M0 0 6 6", "M3 0V6", "M0 3H6M3 0V6"];
  const svg = make("svg", { width: 0, height: 0, class: "hatchings", "aria-hidden": "true" });
  svg.innerHTML = ways.map((way, k) => `<pattern id="muster-${k}" width="6" height="6" patternUnits="userSpaceOnUse">` +
    `<rect width="6" height="6" class="c${k}"/><path d="${way}" class="hatch"/></pattern>`).join("");
  document.body.append(svg);
}

const pictures = [...document.querySelectorAll("table[data-picture]")].map(picture);
if (pictures.length) hatchings();
for (const one of pictures) one.again();
let waiting;
addEventListener("resize", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => pictures.forEach((one) => {
    if (one.width !== one.before.clientWidth) one.again();
    one.width = one.before.clientWidth;
  }), 150);
});
