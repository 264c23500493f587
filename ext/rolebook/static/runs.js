// Prepared HTML of a line as runs of text, for what is not written as HTML. Mirrors Python's `exports/runs.py`.

/**
 * A stretch of a line that looks the same throughout.
 *
 * @typedef {object} Run
 * @property {string} text what it says or, if it is a slot, the name of the placeholder that stands there
 * @property {boolean} slot
 * @property {boolean} strong
 * @property {boolean} emphasis
 * @property {boolean} code
 * @property {string} address where it links to, empty if it does not
 */

/**
 * The runs of a line from its parts in `leaves.html`. Markup that opens in one literal runs on across slots.
 *
 * @param {string[]} parts literals at even places, names of placeholders at odd ones
 * @returns {Run[]}
 */
export function readRuns(parts) {
  const runs = [];
  let strong = 0; // counted, since Markdown can nest strong and emphasis in themselves
  let emphasis = 0;
  let code = false;
  let address = "";
  const add = (text, slot) => runs.push({ text, slot, strong: strong > 0, emphasis: emphasis > 0, code, address });
  const mark = (tag) => {
    if (tag === "<strong>") strong += 1;
    else if (tag === "</strong>") strong -= 1;
    else if (tag === "<em>") emphasis += 1;
    else if (tag === "</em>") emphasis -= 1;
    else if (tag === "<code>" || tag === "</code>") code = tag === "<code>";
    else address = tag === "</a>" ? "" : unescapeHtml(tag.slice('<a href="'.length, -'">'.length));
  };
  parts.forEach((part, index) => {
    if (index % 2 === 1) {
      add(part, true);
      return;
    }
    // The template's text is escaped, so that angle brackets stand around tags alone.
    part.split(/(<[^>]*>)/).forEach((piece, turn) => {
      if (turn % 2 === 1) mark(piece);
      else if (piece) add(unescapeHtml(piece), false);
    });
  });
  return runs;
}

/**
 * The reverse of `escapeHtml`.
 *
 * @param {string} escaped
 * @returns {string}
 */
function unescapeHtml(escaped) {
  const characters = { amp: "&", lt: "<", gt: ">", quot: '"', "#x27": "'" };
  return escaped.replace(/&(amp|lt|gt|quot|#x27);/g, (_, name) => characters[name]);
}
