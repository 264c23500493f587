// Which questions a kit's loop has, and how its page says so.

/**
 * @typedef {object} Loop
 * @property {string} file what the names of its files begin with
 * @property {string} cards a letter for each question and sample of the page, in its order
 * @property {number[]} stages the places of its rows in the table of stages
 * @property {number[]} required those of its must-haves in their table
 */

const STANDINGS = { a: "asked", r: "reserve", "-": "other" };

/**
 * How each question and sample of a page stands to a loop: "asked", "reserve", "other"; or "all" without one.
 *
 * @param {Loop | undefined} loop
 * @param {number} count how many the page has
 * @returns {string[]}
 */
export function standings(loop, count) {
  return Array.from({ length: count }, (_, place) => (loop ? STANDINGS[loop.cards[place]] ?? "other" : "all"));
}

/**
 * What to do where no kit is for all of what is chosen: each is for one specialisation, industry or the like.
 *
 * @param {string[]} names of what is chosen besides a level
 */
export function sayMissing(names) {
  return `There is no kit for ${names.join(" and ")} together. Keep one, and set the other to None.`;
}

/**
 * A sentence on what is shown.
 *
 * @param {string[]} standing as above
 */
export function sayShown(standing) {
  const count = (name) => standing.filter((each) => each === name).length;
  if (count("all") === standing.length) {
    return `All ${standing.length} questions and work samples. Choose a level for its loop and its files.`;
  }
  const others = count("other");
  const hidden = others ? `; ${others} for other choices ${others === 1 ? "is" : "are"} hidden` : "";
  return `This loop asks ${count("asked")} and keeps ${count("reserve")} in reserve${hidden}.`;
}
