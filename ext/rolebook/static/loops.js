// Which questions a kit's loop has, and how its page says so.

/**
 * @typedef {object} Loop
 * @property {number[]} asked the places of the questions and samples that are asked
 * @property {number[]} reserve those of what could be asked instead
 * @property {number[]} stages the places of its rows in the table of stages
 * @property {number[]} required those of its must-haves in their table
 */

/**
 * The name that a choice goes by, and its files begin with: its ids, with hyphens between them.
 *
 * @param {string[]} ids in the order of the axes; empty ones are not chosen
 */
export function stemOf(ids) {
  return ids.filter(Boolean).join("-") || "any";
}

/**
 * How each question and sample of a page stands to a loop: "asked", "reserve", "other"; or "all" without one.
 *
 * @param {Loop | undefined} loop
 * @param {number[]} places theirs in the kit
 * @returns {Map<number, string>}
 */
export function standings(loop, places) {
  const asked = new Set(loop?.asked);
  const reserve = new Set(loop?.reserve);
  const standing = (place) => (asked.has(place) ? "asked" : reserve.has(place) ? "reserve" : "other");
  return new Map(places.map((place) => [place, loop ? standing(place) : "all"]));
}

/**
 * A sentence on what is shown.
 *
 * @param {Map<number, string>} standing as above
 */
export function sayShown(standing) {
  const count = (name) => [...standing.values()].filter((each) => each === name).length;
  if (count("all") || !standing.size) {
    return `All ${standing.size} questions and work samples. Choose a level for its loop and its files.`;
  }
  const others = count("other");
  const hidden = others ? `; ${others} for other choices ${others === 1 ? "is" : "are"} hidden` : "";
  return `This loop asks ${count("asked")} and keeps ${count("reserve")} in reserve${hidden}.`;
}
