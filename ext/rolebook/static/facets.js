// Which entries of a list a reader asks for by facets, and how the address says so.

/** @typedef {Map<string, string[]>} Values by facet */

/**
 * Whether an entry is among those asked for: of each facet with a choice it has one of the chosen values.
 *
 * @param {Values} values what the entry has
 * @param {Values} choice
 * @param {string} [without] a facet whose choice does not count
 * @returns {boolean}
 */
export function fitsChoice(values, choice, without) {
  return [...choice].every(
    ([facet, chosen]) => facet === without || !chosen.length || chosen.some((value) => values.get(facet)?.includes(value)),
  );
}

/**
 * How many entries have a value and fit what is chosen of the other facets: what would be shown if it were chosen alone.
 *
 * @param {Values[]} entries
 * @param {Values} choice
 * @param {string} facet
 * @param {string} value
 * @returns {number}
 */
export function countFor(entries, choice, facet, value) {
  return entries.filter((values) => values.get(facet)?.includes(value) && fitsChoice(values, choice, facet)).length;
}

/**
 * The values of each facet that the entries have, by rank; equal ones in the order in which they have them.
 *
 * @param {Values[]} entries
 * @param {(facet: string, value: string) => number} rankOf
 * @returns {Values}
 */
export function facetsOf(entries, rankOf) {
  const found = new Map();
  for (const [facet, values] of entries.flatMap((entry) => [...entry])) {
    found.set(facet, [...new Set([...(found.get(facet) ?? []), ...values])]);
  }
  for (const [facet, values] of found) values.sort((a, b) => rankOf(facet, a) - rankOf(facet, b));
  return found;
}

/**
 * What an address chooses, as far as there is such a thing.
 *
 * @param {string} query
 * @param {Values} facets all facets with their values
 * @returns {Values}
 */
export function readChoice(query, facets) {
  const asked = new URLSearchParams(query);
  return new Map([...facets].map(([facet, values]) => [facet, values.filter((value) => asked.getAll(facet).includes(value))]));
}

/**
 * A query with a choice in place of the one it had; what else it has stays.
 *
 * @param {string} query
 * @param {Values} choice of all facets
 * @returns {string}
 */
export function writeChoice(query, choice) {
  const asked = new URLSearchParams(query);
  for (const [facet, values] of choice) {
    asked.delete(facet);
    for (const value of values) asked.append(facet, value);
  }
  return asked.toString();
}
