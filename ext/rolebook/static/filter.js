// Tables whose rows a reader can filter: by a text, and by the columns whose texts are choices.
import { make } from "./dom.js";

/**
 * Put fields above each table that may be filtered. Without this it stands whole, as Python wrote it.
 */
export function startFiltering() {
  document.querySelectorAll("table.rb-filterable:has(> thead)").forEach(makeFilterable);
}

/**
 * Whether a row is among those asked for: each word of the text is somewhere in it, whatever its case and accents, and
 * each choice is the text of its column.
 *
 * @param {string[]} cells the texts of the row
 * @param {string} text
 * @param {Map<number, string>} choices by column; empty ones choose nothing
 * @returns {boolean}
 */
export function isWanted(cells, text, choices) {
  for (const [column, choice] of choices) {
    if (choice && cells[column] !== choice) return false;
  }
  const folded = foldText(cells.join(" "));
  return foldText(text).split(/\s+/).every((word) => folded.includes(word));
}

/** @param {string} text */
function foldText(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/**
 * @param {HTMLTableElement} table
 * @param {number} number tells its fields from those of other tables
 */
function makeFilterable(table, number) {
  const rows = [...table.tBodies[0].rows];
  const texts = new Map(rows.map((row) => [row, [...row.cells].map(textOf)]));
  const box = table.closest(".rb-table") ?? table;
  const status = make("p", { class: "rb-filter-status", role: "status" });
  const search = make("input", { type: "search", id: `rb-filter-${number}`, autocomplete: "off", spellcheck: "false" });
  const fields = [makeLabelled("Filter rows", search)];
  const selects = new Map();
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    if (!head.classList.contains("rb-choices")) return;
    const all = new Intl.Collator(document.documentElement.lang || undefined);
    const choices = [...new Set(rows.map((row) => texts.get(row)[column]))].filter(Boolean).sort(all.compare);
    const select = make("select", { id: `rb-filter-${number}-${column}` }, make("option", { value: "" }, "All"));
    select.append(...choices.map((choice) => make("option", { value: choice }, choice)));
    selects.set(column, select);
    fields.push(makeLabelled(head.textContent.trim(), select));
  });
  const update = () => {
    const choices = new Map([...selects].map(([column, select]) => [column, select.value]));
    for (const row of rows) row.hidden = !isWanted(texts.get(row), search.value, choices);
    const shown = rows.filter((row) => !row.hidden).length;
    status.textContent = shown === rows.length ? `All ${shown} rows` : `${shown} of ${rows.length} rows`;
  };
  const form = make("div", { class: "rb-filter", role: "group", "aria-label": "Filter the table below" }, ...fields, status);
  form.addEventListener("input", update);
  box.before(form);
  update();
}

/**
 * The first paragraph of a cell, as what stands below it is an aside or a picture; nothing of one that is sorted by a
 * key, since "12" asks for no sum that has these digits somewhere.
 *
 * @param {HTMLTableCellElement} cell
 */
function textOf(cell) {
  const hasKey = [...cell.classList].some((name) => name.startsWith("rb-key-"));
  return hasKey ? "" : (cell.querySelector("p") ?? cell).textContent.trim();
}

/**
 * @param {string} text
 * @param {HTMLElement} field
 */
function makeLabelled(text, field) {
  return make("p", {}, make("label", { for: field.id }, text), field);
}
