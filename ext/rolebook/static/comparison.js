// Several templates side by side. Mirrors Python's `comparison`; both run the same corpus of cases.
import { findRows, inOrder, wordsOf } from "./changes.js";

/**
 * @typedef {import("./changes.js").Part} Part
 * @typedef {import("./changes.js").TitledSection} TitledSection
 * @typedef {"same" | "changed" | "added" | "moved" | "dropped" | "absent"} Standing to the first column
 * @typedef {{part: Part | null, was: Part | null, standing: Standing}} Cell
 * @typedef {Cell[]} Row a cell for each column
 * @typedef {{headings: Row, rows: Row[]}} ComparedSection
 * @typedef {{titles: string[], summary: Row[], sections: ComparedSection[]}} Comparison
 */

/**
 * Templates aligned by their sections and lines, the first being what the others are held against.
 *
 * @param {{title: string, summary: Part[], sections: TitledSection[]}[]} templates
 * @returns {Comparison}
 */
export function compareAll(templates) {
  const summaries = templates.map(({ summary }) => summary);
  const headings = rowsOf(templates.map(({ sections }) => sections));
  return {
    titles: templates.map(({ title }) => title),
    summary: rowsOf(summaries, true),
    sections: headings.map((row) => ({ headings: row, rows: linesOf(row, headings) })),
  };
}

/**
 * The rows of a section; where the whole of it was moved, so were its lines.
 *
 * @param {Row} headings
 * @param {Row[]} allHeadings
 * @returns {Row[]}
 */
function linesOf(headings, allHeadings) {
  const first = headings[0].part;
  const items = (section) => section?.items ?? [];
  const now = headings.map((_, column) => allHeadings.find((row) => first && row[column].was === first && row[column].part)?.[column].part);
  return rowsOf(headings.map(({ part }) => items(part)), false, headings.map(({ was }) => items(was)), now.map(items));
}

/**
 * Whether all columns say the same in a row.
 *
 * @param {Row} row
 */
export function isSame(row) {
  return row.every(({ part, standing }) => part && standing === "same");
}

/**
 * Neighbouring columns that say the same in a row: where each run of them starts and ends.
 *
 * @param {Row} row
 * @returns {[number, number][]}
 */
export function cellRuns(row) {
  /** @type {[number, number][]} */
  const found = [];
  row.forEach((cell, place) => {
    const run = found.at(-1);
    const start = run && row[run[0]];
    if (start && start.standing === cell.standing && (start.part && wordsOf(start.part)) === (cell.part && wordsOf(cell.part))) run[1]++;
    else found.push([place, place + 1]);
  });
  return found;
}

/**
 * Columns aligned, with how each part stands to the first.
 *
 * @param {Part[][]} columns
 * @param {boolean} inTurn as in `findRows`
 * @param {Part[][]} sources the parts of the first template that each column's came from, if not the first column
 * @param {Part[][]} results the parts that each template made of the first column's, if not the columns
 * @returns {Row[]}
 */
function rowsOf(columns, inTurn = false, sources = columns.map(() => columns[0]), results = columns) {
  const each = (parts) => parts.map((part) => [part]);
  const came = columns.map((parts, column) => findRows(each(sources[column]), parts, inTurn));
  const kept = results.map((parts) => findRows(each(columns[0]), parts, inTurn));
  /** @returns {Cell} */
  const cell = (column, there, here) => {
    const part = here === null ? null : columns[column][here];
    if (there !== null) {
      const was = columns[0][there];
      if (!part) return { part, was, standing: kept[column].includes(there) ? "moved" : "dropped" };
      return { part, was, standing: wordsOf(part) === wordsOf(was) ? "same" : "changed" };
    }
    if (!part) return { part, was: null, standing: "absent" };
    const source = came[column][here];
    return source === null ? { part, was: null, standing: "added" } : { part, was: sources[column][source], standing: "moved" };
  };
  return lineUp(columns, inTurn).map((row) => row.map((place, column) => cell(column, row[0], place)));
}

/**
 * Rows that hold, for each column, the place in it of the part that stands there; each column keeps its own order.
 *
 * @param {Part[][]} columns
 * @param {boolean} inTurn
 * @returns {(number | null)[][]}
 */
function lineUp(columns, inTurn) {
  const rows = [];
  columns.forEach((parts, column) => {
    const held = rows.map((row) => row.flatMap((place, of) => (place === null ? [] : [columns[of][place]])));
    const found = findRows(held, parts, inTurn);
    const kept = inOrder(found);
    for (const row of rows) row.push(null);
    let at = rows.length;
    for (let place = parts.length - 1; place >= 0; place--) {
      if (found[place] !== null && kept.has(place)) at = found[place];
      else rows.splice(at, 0, Array(column + 1).fill(null));
      rows[at][column] = place;
    }
  });
  return rows;
}
