// Tables whose columns a reader can sort. What is compared is what Python wrote: nothing is parsed here.
import { make } from "./dom.js";

/**
 * Put a button into each column's head of the tables that may be sorted. Without this they stand as Python sorted them.
 */
export function startSorting() {
  for (const table of document.querySelectorAll("table.rb-sortable:has(> thead)")) makeSortable(table);
}

/**
 * The places of a column's keys in sorted order. They are compared as numbers if all are; equal ones stay in the order
 * they have, and those that are missing come last, whichever way the others go.
 *
 * @param {string[]} keys empty where there is none
 * @param {boolean} descending
 * @param {string} [language] whose alphabet counts for texts
 * @returns {number[]}
 */
export function sortedPlaces(keys, descending, language) {
  const isMissing = (place) => keys[place] === "";
  const places = [...keys.keys()];
  const numeric = keys.every((key) => Number.isFinite(Number(key)));
  const texts = new Intl.Collator(language, { numeric: true });
  const compare = (one, other) => (numeric ? Number(one) - Number(other) : texts.compare(one, other));
  const known = places.filter((place) => !isMissing(place));
  known.sort((one, other) => (descending ? -1 : 1) * compare(keys[one], keys[other]));
  return [...known, ...places.filter(isMissing)];
}

/**
 * @param {HTMLTableCellElement} cell
 * @returns {string} what its column is sorted by: the key that Python gave it, or its text
 */
function keyOf(cell) {
  const given = [...cell.classList].find((name) => name.startsWith("rb-key-"));
  return given === undefined ? cell.textContent.trim() : given.slice("rb-key-".length);
}

/**
 * @param {HTMLTableElement} table
 */
function makeSortable(table) {
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const status = make("p", { class: "rb-visually-hidden", role: "status" });
  table.after(status);
  table.caption?.append(make("span", { class: "rb-visually-hidden" }, "(the buttons in its head sort it)"));
  heads.forEach((head, column) => {
    const label = head.textContent.trim();
    const button = make("button", { type: "button", class: "rb-sort" }, label);
    button.addEventListener("click", () => {
      const descending = head.getAttribute("aria-sort") === "ascending";
      for (const each of heads) each.removeAttribute("aria-sort");
      const direction = descending ? "descending" : "ascending";
      head.setAttribute("aria-sort", direction);
      const rows = [...body.rows];
      const keys = rows.map((row) => keyOf(row.cells[column]));
      body.append(...sortedPlaces(keys, descending, document.documentElement.lang || undefined).map((place) => rows[place]));
      status.textContent = `Sorted by ${label}, ${direction}`;
    });
    head.replaceChildren(button);
    if (head.classList.contains("rb-ascending")) head.setAttribute("aria-sort", "ascending");
  });
}
