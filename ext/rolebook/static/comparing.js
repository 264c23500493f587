// The columns of a page that compares the variants of a role, chosen by the reader.
import { cellRuns, compareAll, isSame } from "./comparison.js";
import { composePage } from "./compose.js";
import { fetchData } from "./composer.js";
import { make } from "./dom.js";
import { makeButton } from "./form.js";
import { buildLine } from "./sheet.js";

/**
 * @typedef {import("./compose.js").ComposerData} ComposerData
 * @typedef {import("./comparison.js").Row} Row
 * @typedef {{name: string, token: string, page: string, axis?: string, id?: string}} Column a variant, or the role without one
 */

const LEAST = 2;
const MOST = 6;

/** What a cell says of how it stands to the first column. Python writes the same words into the page. */
const STANDINGS = { changed: "Changed", added: "Added", moved: "Moved", dropped: "Dropped", absent: "Not in this one" };

/** The axes that are always in sight; the others open on demand. */
const OPEN_AXES = ["level", "specialisation"];

/**
 * Lets a reader choose the columns. Without the data that the others are composed from, the page's own tables stay.
 */
export function startComparison() {
  const script = document.getElementById("rolebook-compare");
  const own = [...document.querySelectorAll("section.rb-compared")];
  if (!script || !own.length) return;
  /** @type {{data: string, columns: Column[], shown: string[]}} */
  const { data: address, columns, shown: ownTokens } = JSON.parse(script.textContent);
  const level = own[0].querySelector("h1, h2, h3, h4, h5, h6").tagName;
  const boxes = new Map(columns.map(({ token }) => [token, make("input", { type: "checkbox", value: token })]));
  const status = make("p", { class: "rb-compare-status", role: "status" });
  const chooser = buildChooser(columns, boxes, status, makeButton("Clear", clear), makeButton("Reset", () => choose([])));
  let shown = ownTokens;
  let sections = own;
  /** @type {ComposerData | null} */
  let data = null;
  let asked = 0;

  for (const box of boxes.values()) box.addEventListener("change", () => change(box));
  window.addEventListener("popstate", () => void show(readAddress(), false));
  own[0].before(chooser);
  mark();
  if (readAddress().length) void show(readAddress(), false);

  /** @param {HTMLInputElement} box */
  function change(box) {
    const tokens = chosen();
    if (tokens.length > MOST) {
      box.checked = false;
      status.textContent = "Six columns are the most that can be read side by side. Take one out first.";
    } else if (tokens.length < LEAST) {
      status.textContent = "Choose at least two columns.";
    } else {
      choose(tokens);
    }
  }

  /** So that any two are two clicks away; the tables stay until there are two. */
  function clear() {
    for (const box of boxes.values()) box.checked = false;
    status.textContent = "Choose at least two columns.";
  }

  /** @param {string[]} tokens none for the page's own columns */
  function choose(tokens) {
    void show(tokens.join() === ownTokens.join() ? [] : tokens, true);
  }

  /**
   * @param {string[]} tokens
   * @param {boolean} isNew and not in the browser's history yet
   */
  async function show(tokens, isNew) {
    const turn = ++asked;
    if (tokens.length && !data) {
      try {
        data = await fetchData(address);
      } catch {
        if (turn !== asked) return;
        mark();
        status.textContent = "What other columns are made of could not be loaded, so the tables stay as they are.";
        return;
      }
      if (turn !== asked) return; // the reader has chosen something else since
    }
    const wanted = columns.filter(({ token }) => tokens.includes(token));
    if (isNew && tokens.join() !== readAddress().join()) history.pushState(null, "", writeAddress(tokens));
    chooser.after(...replaceSections(wanted.length ? buildSections(data, wanted, level) : own));
    shown = wanted.length ? tokens : ownTokens;
    mark();
    const names = columns.filter(({ token }) => shown.includes(token)).map(({ name }) => name);
    status.textContent = `Side by side: ${names.slice(0, -1).join(", ")} and ${names.at(-1)}.`;
  }

  /** @param {HTMLElement[]} next */
  function replaceSections(next) {
    for (const section of sections) section.remove();
    sections = next;
    return next;
  }

  function chosen() {
    return columns.map(({ token }) => token).filter((token) => boxes.get(token).checked);
  }

  /** Check the boxes of the columns that stand there; of more than can be chosen, none. */
  function mark() {
    for (const [token, box] of boxes) box.checked = shown.length <= MOST && shown.includes(token);
    for (const axis of chooser.querySelectorAll("details:has(:checked)")) axis.open = true;
  }

  /** What the address chooses, as far as the role has it. */
  function readAddress() {
    const asked = (new URLSearchParams(location.search).get("with") ?? "").split(",");
    const known = columns.map(({ token }) => token).filter((token) => asked.includes(token));
    return known.length < LEAST ? [] : known.slice(0, MOST);
  }
}

/**
 * @param {string[]} tokens
 * @returns {string}
 */
function writeAddress(tokens) {
  const query = new URLSearchParams(location.search);
  query.delete("with");
  const parts = [query.toString(), tokens.length ? `with=${tokens.map(encodeURIComponent).join(",")}` : ""].filter(Boolean);
  return `${location.pathname}${parts.length ? `?${parts.join("&")}` : ""}${location.hash}`;
}

/**
 * @param {Column[]} columns
 * @param {Map<string, HTMLInputElement>} boxes
 * @param {HTMLElement} status
 * @param {...HTMLElement} buttons
 * @returns {HTMLElement}
 */
function buildChooser(columns, boxes, status, ...buttons) {
  const checks = (axis) => {
    const labels = columns.filter((each) => each.axis === axis).map(({ token, name }) => make("label", {}, boxes.get(token), name));
    return make("div", { class: "rb-checks" }, ...labels);
  };
  const axes = [...new Set(columns.map(({ axis }) => axis))].filter((axis) => axis !== undefined);
  const groups = axes.filter((axis) => OPEN_AXES.includes(axis)).map((axis) => make("fieldset", {}, make("legend", {}, titleOfAxis(axis)), checks(axis)));
  const more = axes.filter((axis) => !OPEN_AXES.includes(axis)).map((axis) => {
    const group = make("div", { role: "group", "aria-label": titleOfAxis(axis) }, checks(axis));
    return make("details", {}, make("summary", {}, titleOfAxis(axis)), group);
  });
  return make(
    "fieldset",
    { class: "rb-columns" },
    make("legend", {}, "Columns, two to six"),
    checks(undefined),
    ...groups,
    make("div", { class: "rb-more" }, ...more),
    make("div", { class: "rb-buttons" }, ...buttons),
    status,
  );
}

/** @param {string} axis */
function titleOfAxis(axis) {
  return axis[0].toUpperCase() + axis.slice(1);
}

/**
 * The tables, as Sphinx writes those of the page.
 *
 * @param {ComposerData} data
 * @param {Column[]} columns
 * @param {string} level of the sections' headings
 * @returns {HTMLElement[]}
 */
function buildSections(data, columns, level) {
  const pages = columns.map(({ axis, id }) => composePage(data, axis === undefined ? {} : { [axis]: id }));
  const { titles, summary, sections } = compareAll(pages.map(({ template }) => template));
  const titleParts = new Map(pages.map((page) => [page.template.title, page.leaves.html[""][0][1]]));
  const parts = (text) => {
    const prepared = data.prepared[text];
    return typeof prepared[0] === "string" ? prepared : prepared[2];
  };
  const table = (title, rows) => buildTable(title, columns, rows);
  const lines = (rows) => rows.map((row, index) => buildRow(String(index + 1), row, parts));
  const titleRow = titles.map((text) => ({ part: { text }, was: null, standing: text === titles[0] ? "same" : "changed" }));
  const opening = [buildRow("Title", titleRow, (text) => titleParts.get(text)), ...lines(summary)];
  const title = "Title and summary";
  const ids = new Set();
  const result = [make("section", { class: "rb-compared", id: freeId("summary", ids) }, make(level, {}, title), table(title, opening))];
  let shown = null;
  for (const { headings, rows } of sections) {
    const section = headings.find(({ part }) => part).part;
    if (!section.group || section.title !== shown) {
      result.push(make("section", { class: "rb-compared", id: freeId(section.id, ids) }, buildLine(level, parts(section.title))));
      shown = section.title;
    }
    const heading = isSame(headings) ? [] : [buildRow("Heading", headings, parts)];
    if (section.group) result.at(-1).append(buildLine("p", parts(section.group), { class: "rb-group rubric" }));
    const name = section.group ? `${section.title}: ${section.group}` : section.title;
    result.at(-1).append(table(name, [...heading, ...lines(rows)]));
  }
  return result;
}

/**
 * The id, or one like it that nothing else on the page has.
 *
 * @param {string} id
 * @param {Set<string>} taken by the sections that are being built; this one is added
 * @returns {string}
 */
function freeId(id, taken) {
  const isTaken = (name) => taken.has(name) || (document.getElementById(name) && !document.getElementById(name).closest(".rb-compared"));
  let name = id;
  for (let number = 2; isTaken(name); number++) name = `${id}-${number}`;
  taken.add(name);
  return name;
}

/**
 * @param {string} title
 * @param {Column[]} columns
 * @param {HTMLElement[]} rows
 * @returns {HTMLElement}
 */
function buildTable(title, columns, rows) {
  const heads = columns.map(({ name, page }) => make("th", { scope: "col" }, make("p", {}, make("a", { href: page }, name))));
  const head = make("tr", {}, make("th", { scope: "col" }, make("p", {}, "Line")), ...heads);
  const table = make("table", { class: "rb-compare" }, make("thead", {}, head), make("tbody", {}, ...rows));
  return make("div", { class: "rb-table", role: "region", tabindex: "0", "aria-label": title }, table);
}

/**
 * @param {string} name
 * @param {Row} row
 * @param {(text: string) => string[]} parts of a text
 * @returns {HTMLElement}
 */
function buildRow(name, row, parts) {
  const cells = cellRuns(row).map(([start, end]) => {
    const { part, standing } = row[start];
    const cell = make("td", { class: `rb-${standing}` });
    if (end - start > 1) cell.colSpan = end - start;
    if (standing !== "same") cell.append(make("p", { class: "rb-standing" }, STANDINGS[standing]));
    if (part) cell.append(buildLine("p", parts("text" in part ? part.text : part.title)));
    return cell;
  });
  return make("tr", {}, make("th", { scope: "row" }, make("p", {}, name)), ...cells);
}
