// What one template changes against another. Mirrors Python's `changes`; both run the same corpus of cases.

/**
 * @typedef {{id: string | null, kind: string, text: string, origin?: any}} LineItem
 * @typedef {{id: string, title: string, group: string | null, kind: string, items: LineItem[], origin?: any}} TitledSection
 * @typedef {LineItem | TitledSection} Part a line, or a section for its heading
 * @typedef {{kind: "added" | "replaced" | "moved" | "removed", section: TitledSection | null, before: Part | null, after: Part | null}} Change
 */

/**
 * What `other` changes against `base`, in the order of `other`; what a section has lost follows what it has,
 * and sections that are lost come last. In the change of a heading, `before` and `after` are the sections.
 *
 * @param {{summary: LineItem[], sections: TitledSection[]}} base
 * @param {{summary: LineItem[], sections: TitledSection[]}} other
 * @returns {Change[]}
 */
export function compare(base, other) {
  const changes = compareItems(null, base.summary, other.summary);
  const rows = findRows(base.sections.map((section) => [section]), other.sections);
  const kept = inOrder(rows);
  other.sections.forEach((section, place) => {
    const old = rows[place] === null ? null : base.sections[rows[place]];
    changes.push(...comparePart(section, old, section, kept.has(place)), ...compareItems(section, old?.items ?? [], section.items));
  });
  base.sections.forEach((section, row) => {
    if (rows.includes(row)) return;
    changes.push({ kind: "removed", section, before: section, after: null }, ...compareItems(section, section.items, []));
  });
  return changes;
}

/**
 * @param {TitledSection | null} section
 * @param {LineItem[]} before
 * @param {LineItem[]} after
 * @returns {Change[]}
 */
function compareItems(section, before, after) {
  const rows = findRows(before.map((item) => [item]), after, section === null);
  const kept = inOrder(rows);
  const changes = after.flatMap((item, place) => {
    const old = rows[place] === null ? null : before[rows[place]];
    return comparePart(section, old, item, kept.has(place));
  });
  const removed = before.filter((_, row) => !rows.includes(row));
  return [...changes, ...removed.map((item) => /** @type {Change} */ ({ kind: "removed", section, before: item, after: null }))];
}

/**
 * @param {TitledSection | null} section
 * @param {Part | null} before
 * @param {Part} after
 * @param {boolean} kept
 * @returns {Change[]}
 */
function comparePart(section, before, after, kept) {
  if (!before) return [{ kind: "added", section, before, after }];
  if (wordsOf(before) !== wordsOf(after)) return [{ kind: "replaced", section, before, after }];
  return kept ? [] : [{ kind: "moved", section, before, after }];
}

/**
 * What a reader sees of a part: a line's text, or a section's title and group.
 *
 * @param {Part} part
 * @returns {string}
 */
export function wordsOf(part) {
  return "text" in part ? part.text : `${part.title}\n${part.group ?? ""}`;
}

/**
 * For each part the row, each taken once, in which it stands already: by its id, else by its words.
 *
 * @param {Part[][]} rows
 * @param {Part[]} parts
 * @param {boolean} inTurn whether parts that are left over take the rows that are
 * @returns {(number | null)[]}
 */
export function findRows(rows, parts, inTurn = false) {
  const free = [...rows.keys()];
  /** @type {(number | null)[]} */
  const found = parts.map(() => null);
  for (const same of [sameId, sameWords]) {
    parts.forEach((part, place) => {
      if (found[place] !== null) return;
      const at = free.findIndex((row) => rows[row].some((other) => same(part, other)));
      if (at >= 0) [found[place]] = free.splice(at, 1);
    });
  }
  return inTurn ? found.map((row) => row ?? free.shift() ?? null) : found;
}

/**
 * @param {Part} one
 * @param {Part} other
 */
function sameId(one, other) {
  return one.id !== null && one.id === other.id;
}

/**
 * @param {Part} one
 * @param {Part} other
 */
function sameWords(one, other) {
  return wordsOf(one) === wordsOf(other);
}

/**
 * The places of the longest rising run of rows: the other parts that have one were moved.
 *
 * @param {(number | null)[]} rows
 * @returns {Set<number>}
 */
export function inOrder(rows) {
  /** @type {number[][]} */
  const longest = [];
  rows.forEach((row, place) => {
    /** @type {number[]} */
    let before = [];
    for (const run of longest) {
      const last = run.length ? rows[run[run.length - 1]] : null;
      if (row !== null && last !== null && last < row && run.length > before.length) before = run;
    }
    longest.push(row === null ? [] : [...before, place]);
  });
  return new Set(longest.reduce((best, run) => (run.length > best.length ? run : best), []));
}
