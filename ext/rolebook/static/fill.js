// Filling placeholders. Mirrors Python's `rolebook/placeholders.py` byte for byte; both run the same corpus of cases.

/**
 * @typedef {string | string[]} Value what a reader typed or picked
 * @typedef {Record<string, Value>} Values by the placeholder's name
 * @typedef {{name: string, label: string, help: string | null, default: string | null, choices: string[], multiple: boolean}} Placeholder
 */

/**
 * The value as one line: control characters and spaces folded, its ends trimmed. Nothing left means "not filled".
 * `trim()` would also take no-break spaces, which Python's side keeps.
 *
 * @param {string} value
 * @returns {string}
 */
export function normalise(value) {
  return value
    .replace(/[\ud800-\udfff]/gu, "\ufffd") // with the u flag: lone halves only, never a pair
    .replace(/[\x00-\x20\x7f-\x9f\u2028\u2029]+/g, " ")
    .replace(/^ | $/g, "");
}

/**
 * Several choices as one text.
 *
 * @param {string[]} choices
 * @returns {string}
 */
export function joinChoices(choices) {
  return choices.map(normalise).filter(Boolean).join(", ");
}

/**
 * The text that stands for a placeholder, empty while it is not filled.
 *
 * @param {Values} values
 * @param {string} name
 * @returns {string}
 */
export function filledText(values, name) {
  // A placeholder may be called "constructor": only the object's own names count.
  const value = Object.hasOwn(values, name) ? values[name] : "";
  return Array.isArray(value) ? joinChoices(value) : normalise(value);
}

/**
 * How a placeholder is written while it is not filled.
 *
 * @param {{name: string, choices: string[]}} placeholder
 * @returns {string}
 */
export function unfilledForm({ name, choices }) {
  return choices.length ? `{{ ${name}: ${choices.join(" / ")} }}` : `{{ ${name} }}`;
}

/**
 * The part of a slot's class that says which placeholder it is.
 *
 * @param {string} name
 * @returns {string}
 */
export function slug(name) {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
}

/**
 * @param {string} value
 * @returns {string}
 */
export function escapeText(value) {
  return value;
}

/**
 * @param {string} value
 * @returns {string}
 */
export function escapeHtml(value) {
  const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };
  return value.replace(/[&<>"']/g, (character) => entities[character]);
}

/**
 * Backslashes before whatever Markdown would read as markup, also where the value happens to open a line.
 *
 * @param {string} value
 * @returns {string}
 */
export function escapeMarkdown(value) {
  return value
    .replace(/[\\`*_[\]{}<>&~|]/g, "\\$&")
    .replace(/^[#+\-=:]/, "\\$&")
    .replace(/^([0-9]+)([.)])/, "$1\\$2");
}

/**
 * A prepared text (literals at even places, placeholder names at odd ones) with its slots filled.
 *
 * @param {string[]} parts
 * @param {Values} values
 * @param {(value: string) => string} escape applied to filled values only
 * @param {(name: string) => string} blank what an unfilled slot reads
 * @returns {string}
 */
export function fill(parts, values, escape, blank) {
  return parts
    .map((part, index) => {
      if (index % 2 === 0) return part;
      const filled = filledText(values, part);
      return filled ? escape(filled) : blank(part);
    })
    .join("");
}

/**
 * One block of a template: its leaves with the strings that stand between them in this format.
 *
 * @param {[kind: string, parts: string[]][]} leaves
 * @param {Record<string, string>} joins by "previous kind>next kind"
 * @param {(parts: string[]) => string} fillLeaf
 * @returns {string}
 */
export function renderBlock(leaves, joins, fillLeaf) {
  let output = "";
  let previous = "start";
  let number = 0;
  for (const [kind, parts] of leaves) {
    let join = joins[`${previous}>${kind}`];
    // "#" is the running number only before a numbered item: elsewhere it may be a Markdown heading.
    number = kind === "number" ? number + 1 : 0;
    if (number) join = join.replaceAll("#", String(number));
    output += join + fillLeaf(parts);
    previous = kind;
  }
  return output + joins[`${previous}>end`];
}
