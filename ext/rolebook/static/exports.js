// The filled template in each format, the same bytes as Python's exporters give for the same values.
import { escapeHtml, escapeMarkdown, escapeText, fill, normalise, renderBlock, unfilledForm } from "./fill.js";

/**
 * @typedef {import("./fill.js").Values} Values
 * @typedef {Record<string, [kind: string, parts: string[]][]>} Leaves by block id
 * @typedef {object} PageData
 * @property {string} handbook the name its values are stored under
 * @property {string} id
 * @property {string} file a download's name without its suffix
 * @property {Record<string, any>} template what the JSON export holds, its values being the defaults
 * @property {{markdown: Leaves, text: Leaves, html: Leaves}} leaves
 * @property {string[]} [pay] what the pay can be compared with
 * @property {string[]} blocks "" for the head, then the sections' ids
 * @property {Record<string, Record<string, string>>} joins by format; "between" is what stands between two blocks
 * @property {{html: [string, string]}} frame what makes a standalone document of the HTML
 */

/**
 * @param {PageData} data
 * @param {Values} values
 * @param {string[]} [blocks] some blocks alone; without them the whole template
 * @returns {string}
 */
export function markdown(data, values, blocks = data.blocks) {
  return renderBlocks(data, values, "markdown", escapeMarkdown, escapeText, blocks);
}

/**
 * @param {PageData} data
 * @param {Values} values
 * @param {string[]} [blocks]
 * @returns {string}
 */
export function text(data, values, blocks = data.blocks) {
  return renderBlocks(data, values, "text", escapeText, escapeText, blocks);
}

/**
 * @param {PageData} data
 * @param {Values} values
 * @param {string[]} [blocks]
 * @returns {string}
 */
export function htmlFragment(data, values, blocks = data.blocks) {
  return renderBlocks(data, values, "html", escapeHtml, escapeHtml, blocks);
}

/**
 * @param {PageData} data
 * @param {Values} values
 * @param {string[]} [blocks]
 * @returns {string}
 */
export function htmlDocument(data, values, blocks = data.blocks) {
  return data.frame.html[0] + htmlFragment(data, values, blocks) + data.frame.html[1];
}

/**
 * The whole template as data; a block has no JSON of its own.
 *
 * @param {PageData} data
 * @param {Values} values
 * @returns {string}
 */
export function json(data, values) {
  const description = {
    markdown: markdown(data, values),
    text: text(data, values),
    html: htmlFragment(data, values),
  };
  return sortedJson({ ...data.template, values: filledValues(data, values), description }) + "\n";
}

/**
 * The names of the slots in reading order; a name comes as often as it stands there.
 *
 * @param {PageData} data
 * @param {string[]} [blocks]
 * @returns {string[]}
 */
export function slotNames(data, blocks = data.blocks) {
  return blocks.flatMap((id) =>
    data.leaves.text[id].flatMap(([, parts]) => parts.filter((_, index) => index % 2 === 1)),
  );
}

/**
 * The blocks under each heading of the template. Neighbouring sections can share one, each with a group of its own.
 *
 * @param {PageData} data
 * @returns {string[][]}
 */
export function headedBlocks(data) {
  const result = [];
  for (const id of data.blocks) {
    if (data.leaves.text[id][0][0] === "group") result.at(-1).push(id);
    else result.push([id]);
  }
  return result;
}

/**
 * @param {PageData} data
 * @param {Values} values
 * @param {"markdown" | "text" | "html"} format
 * @param {(value: string) => string} escape for values
 * @param {(value: string) => string} escapeBlank for what stands in an unfilled slot
 * @param {string[]} [blocks]
 * @returns {string}
 */
function renderBlocks(data, values, format, escape, escapeBlank, blocks) {
  const fillLeaf = leafFiller(data, values, escape, escapeBlank);
  const joins = data.joins[format];
  return blocks.map((id) => renderBlock(data.leaves[format][id], joins, fillLeaf)).join(joins.between);
}

/**
 * What fills the prepared parts of one leaf.
 *
 * @param {PageData} data
 * @param {Values} values
 * @param {(value: string) => string} escape for values
 * @param {(value: string) => string} escapeBlank for what stands in an unfilled slot
 * @returns {(parts: string[]) => string}
 */
export function leafFiller(data, values, escape, escapeBlank) {
  const blanks = new Map(data.template.placeholders.map((each) => [each.name, escapeBlank(unfilledForm(each))]));
  return (parts) => fill(parts, values, escape, (name) => blanks.get(name));
}

/**
 * @param {PageData} data
 * @param {Values} values
 * @returns {Values}
 */
function filledValues(data, values) {
  const filled = Object.create(null); // so that a placeholder may have any name, "__proto__" too
  for (const { name, multiple } of data.template.placeholders) {
    const value = Object.hasOwn(values, name) ? values[name] : "";
    const texts = [value].flat().map(normalise).filter(Boolean);
    if (texts.length) filled[name] = multiple || Array.isArray(value) ? texts : texts[0];
  }
  return filled;
}

/**
 * JSON as Python's `json.dumps(sort_keys=True, ensure_ascii=False, separators=(",", ":"))` writes it.
 * `JSON.stringify` keeps an object's own order, and puts names made of digits first.
 *
 * @param {any} value
 * @returns {string}
 */
function sortedJson(value) {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(sortedJson).join(",")}]`;
  const keys = Object.keys(value).sort(compareCodePoints);
  return `{${keys.map((key) => `${JSON.stringify(key)}:${sortedJson(value[key])}`).join(",")}}`;
}

/**
 * Python's order of strings. JavaScript's own goes by UTF-16 units, which puts astral letters before some others.
 *
 * @param {string} a
 * @param {string} b
 * @returns {number}
 */
function compareCodePoints(a, b) {
  const left = Array.from(a, (character) => character.codePointAt(0));
  const right = Array.from(b, (character) => character.codePointAt(0));
  const differs = left.findIndex((point, index) => point !== right[index]);
  return differs < 0 || differs >= right.length ? left.length - right.length : left[differs] - right[differs];
}
