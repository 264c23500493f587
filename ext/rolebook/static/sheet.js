// The template on the page, built anew for a composed one. The same elements as Sphinx writes, text nodes throughout.
import { slug } from "./fill.js";
import { make } from "./dom.js";
import { readRuns } from "./runs.js";

/**
 * @typedef {import("./exports.js").PageData} PageData
 * @typedef {{file: string, line: number, entity: string}} Origin
 * @typedef {(origin: Origin) => Node[]} Source what says where a line was written; nothing where a page has no links for it
 */

/**
 * The inside of the element with the template.
 *
 * @param {PageData} data
 * @param {number} level of the title's heading
 * @param {Map<string, "added" | "replaced">} marks by section and item, see `lineName`
 * @param {Source} source
 * @returns {HTMLElement[]}
 */
export function buildSheet(data, level, marks, source) {
  const { template, leaves } = data;
  const [title, ...summary] = leaves.html[""];
  const sheet = [buildLine(`h${level}`, title[1]), ...buildItems(summary, template.summary, "", marks, source)];
  let parent = null;
  for (const section of template.sections) {
    const lines = [...leaves.html[section.id]];
    const element = { id: section.id };
    if (lines[0]?.[0] === "heading") {
      parent = make("section", { class: "rb-section", ...element }, buildLine(`h${level + 1}`, lines.shift()[1]));
      delete element.id;
      sheet.push(parent);
    }
    if (lines[0]?.[0] === "group") parent.append(buildLine("p", lines.shift()[1], { class: "rb-group rubric", ...element }));
    parent.append(...buildItems(lines, section.items, section.id, marks, source));
  }
  return sheet;
}

/**
 * A line of the template by its place: its id, or its words where it has none.
 *
 * @param {string} section empty for the summary
 * @param {{id: string | null, text: string}} item
 * @returns {string}
 */
export function lineName(section, item) {
  return `${section}>${item.id ?? item.text}`;
}

/**
 * Text with its runs; placeholders as the marks that the page fills in.
 *
 * @param {string} tag
 * @param {string[]} parts
 * @param {Record<string, string>} [attributes]
 * @returns {HTMLElement}
 */
export function buildLine(tag, parts, attributes = {}) {
  return make(tag, attributes, ...readRuns(parts).map(buildRun));
}

/**
 * Lines that are no part of a template, such as notes: paragraphs and lists.
 *
 * @param {[kind: string, parts: string[]][]} items
 * @returns {HTMLElement[]}
 */
export function buildText(items) {
  return groupItems(items.map(([kind, parts]) => ({ kind, element: buildLine("p", parts) })));
}

/**
 * @param {import("./runs.js").Run} run
 * @returns {Node | string}
 */
function buildRun({ text, slot, strong, emphasis, code, address }) {
  let node = slot ? make("span", { class: `rb-ph rb-ph--${slug(text)}`, "data-name": text }, `{{ ${text} }}`) : text;
  if (code) node = make("code", {}, node);
  if (emphasis) node = make("em", {}, node);
  if (strong) node = make("strong", {}, node);
  return address ? make("a", { href: address }, node) : node;
}

/**
 * @param {[kind: string, parts: string[]][]} lines
 * @param {any[]} items
 * @param {string} section
 * @param {Map<string, string>} marks
 * @param {Source} source
 * @returns {HTMLElement[]}
 */
function buildItems(lines, items, section, marks, source) {
  return groupItems(
    lines.map(([kind, parts], index) => {
      const item = items[index];
      const mark = marks.get(lineName(section, item));
      const attributes = { class: `rb-leaf${mark ? ` rb-${mark}` : ""}` };
      if (section && item.id) attributes.id = `${section}-${item.id}`;
      const element = buildLine("p", parts, kind === "paragraph" ? attributes : {});
      element.append(...source(item.origin));
      return { kind, element, attributes };
    }),
  );
}

/**
 * Neighbouring items of a kind share a list.
 *
 * @param {{kind: string, element: HTMLElement, attributes?: Record<string, string>}[]} items
 * @returns {HTMLElement[]}
 */
function groupItems(items) {
  const result = [];
  let previous = "";
  for (const { kind, element, attributes } of items) {
    if (kind === "paragraph") {
      result.push(element);
    } else {
      if (kind !== previous) result.push(make(kind === "bullet" ? "ul" : "ol", { class: kind === "bullet" ? "simple" : "arabic simple" }));
      result.at(-1).append(make("li", attributes, element));
    }
    previous = kind;
  }
  return result;
}
