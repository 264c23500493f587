// A role with the reader's choice of variants, composed to what the page of one template holds.
// Mirrors Python's `compose` and `exports/layout`; `tests/parity` and `tests/combinations` compare the two.
import { escapeHtml, slug } from "./fill.js";
import { composeSections } from "./patch.js";

/**
 * @typedef {import("./exports.js").PageData} PageData
 * @typedef {Record<string, string>} Choice the ids of variants by axis
 * @typedef {string[] | [string[], string[], string[]]} Prepared a text as Markdown, plain text and HTML, or once for all
 * @typedef {{axis: string, id: string, key: string, titles: {pattern: string | null, heading: string | null}[], summary: any[],
 *   operations: any[], placeholders: Record<string, any>, notes: any[], rules: any}} Variant
 * @typedef {{handbook: string, role: string, language: string, heading: string, noun: string, summary: any[], sections: any[],
 *   notes: any[], placeholders: Record<string, any>, origin: any, variants: Variant[], prepared: Record<string, Prepared>,
 *   labels: Record<string, string>, choices: Record<string, [string, string[]][]>, joins: any, frame: {html: string[]}}} ComposerData
 */

/**
 * The chosen variants in the order of their axes; an id that the role does not have counts as none.
 *
 * @param {ComposerData} data
 * @param {Choice} choice
 * @returns {Variant[]}
 */
export function chosenVariants(data, choice) {
  return data.variants.filter(({ axis, id }) => Object.hasOwn(choice, axis) && choice[axis] === id);
}

/**
 * The page data of a combination, as Python's `page_data` gives them for the composed template.
 *
 * @param {ComposerData} data
 * @param {Choice} choice
 * @returns {PageData}
 */
export function composePage(data, choice) {
  const chosen = chosenVariants(data, choice);
  const title = composeTitle(data, chosen);
  const sections = composeSections(data.sections, chosen.flatMap(({ operations }) => operations));
  const summary = chosen.reduce((before, variant) => (variant.summary.length ? variant.summary : before), data.summary);
  const rules = chosen.reduce((before, variant) => variant.rules ?? before, null);
  const template = {
    format: "rolebook-template",
    version: 1,
    role: data.role,
    variants: Object.fromEntries(chosen.map(({ axis, id }) => [axis, id])),
    language: data.language,
    title: title.text,
    summary,
    sections,
    placeholders: usedPlaceholders(data, chosen, title, summary, sections, rules),
    rules,
    values: {},
    description: { markdown: "", text: "", html: "" },
  };
  for (const each of template.placeholders) {
    if (each.default !== null) template.values[each.name] = each.multiple ? [each.default] : each.default;
  }
  const [head, middle, end] = data.frame.html;
  return {
    handbook: data.handbook,
    id: [data.role, ...chosen.map(({ id }) => id)].join("/"),
    file: slug(title.text) || data.role,
    template,
    ...layOut(data, title, summary, sections),
    joins: data.joins,
    frame: { html: [head + escapeHtml(title.text) + middle, end] },
  };
}

/**
 * The notes to the writer, those of the sections that the template has, in their order. A note to the section of a kind
 * goes to the whole template if that has no such section.
 *
 * @param {ComposerData} data
 * @param {Choice} choice
 * @param {any[]} sections of the composed template
 * @returns {{section: string | null, items: [string, string[]][]}[]}
 */
export function composedNotes(data, choice, sections) {
  const order = [null, ...sections.map(({ id }) => id)];
  const ofKind = (kind) => sections.find((section) => section.kind === kind)?.id ?? null;
  return [data, ...chosenVariants(data, choice)]
    .flatMap(({ notes }) => notes)
    .map(({ section, kind, items }) => ({ section: kind ? ofKind(kind) : section, items }))
    .filter(({ section }) => order.includes(section))
    .sort((a, b) => order.indexOf(a.section) - order.indexOf(b.section));
}

/**
 * @typedef {{text: string, prepared: string[][], choices: [string, string[]][]}} Title
 *
 * @param {ComposerData} data
 * @param {Variant[]} chosen
 * @returns {Title}
 */
function composeTitle(data, chosen) {
  let title = titleOf(data, data.heading);
  let noun = titleOf(data, data.noun);
  for (const { pattern, heading } of chosen.flatMap(({ titles }) => titles)) {
    if (pattern === null) {
      if (heading !== null) title = noun = titleOf(data, heading);
      continue;
    }
    const around = titleOf(data, pattern);
    [title, noun] = [insertTitle(around, pattern.startsWith("{title}") ? title : noun), insertTitle(around, noun)];
  }
  return title;
}

/**
 * @param {ComposerData} data
 * @param {string} text
 * @returns {Title}
 */
function titleOf(data, text) {
  return { text, prepared: preparedFor(data, text), choices: data.choices[text] ?? [] };
}

/**
 * @param {Title} pattern
 * @param {Title} title
 * @returns {Title}
 */
function insertTitle(pattern, title) {
  const insert = (parts, inner) => {
    const result = [];
    parts.forEach((part, index) => {
      const [first, ...rest] = index % 2 === 0 ? part.split("{title}") : [part];
      result.push(first);
      for (const after of rest) {
        const before = result.pop();
        if (inner.length === 1) result.push(before + inner[0] + after);
        else result.push(before + inner[0], ...inner.slice(1, -1), inner.at(-1) + after);
      }
    });
    return result;
  };
  return {
    text: pattern.text.replaceAll("{title}", () => title.text),
    prepared: pattern.prepared.map((parts, layout) => insert(parts, title.prepared[layout])),
    choices: [...pattern.choices, ...title.choices],
  };
}

/**
 * @param {ComposerData} data
 * @param {string} text
 * @returns {string[][]} as Markdown, plain text and HTML
 */
function preparedFor(data, text) {
  const prepared = data.prepared[text];
  return typeof prepared[0] === "string" ? [prepared, prepared, prepared] : prepared;
}

/**
 * The placeholders that occur, in order of first use.
 *
 * @param {ComposerData} data
 * @param {Variant[]} chosen
 * @param {Title} title
 * @param {any[]} summary
 * @param {any[]} sections
 * @param {any} rules
 * @returns {any[]}
 */
function usedPlaceholders(data, chosen, title, summary, sections, rules) {
  const declared = Object.assign(Object.create(null), data.placeholders, ...chosen.map(({ placeholders }) => placeholders));
  /** @type {Map<string, any>} */
  const found = new Map();
  const take = (parts, choices, origin) => {
    const inline = [...choices];
    parts.forEach((name, index) => {
      if (index % 2 === 0) return;
      let placeholder = found.get(name) ?? declared[name] ?? undeclared(name, data.labels[name], origin);
      const own = inline.findIndex(([other]) => other === name);
      const [[, given]] = own < 0 ? [[name, []]] : inline.splice(own, 1);
      if (given.length && !placeholder.choices.length) placeholder = { ...placeholder, choices: given };
      found.set(name, placeholder);
    });
  };
  const takeText = (text, origin) => take(preparedFor(data, text)[0], data.choices[text] ?? [], origin);
  take(title.prepared[0], title.choices, data.origin);
  for (const item of summary) takeText(item.text, item.origin);
  for (const section of sections) {
    takeText(section.title, section.origin);
    if (section.group) takeText(section.group, section.origin);
    for (const item of section.items) takeText(item.text, item.origin);
  }
  const required = rules?.requires ?? [];
  return [...found.values()].map((each) => (required.includes(each.name) ? { ...each, required: true } : each));
}

/**
 * @param {string} name
 * @param {string} label
 * @param {any} origin
 */
function undeclared(name, label, origin) {
  const nothing = { help: null, default: null, choices: [], multiple: false, detail: null, codes: [], required: false };
  return { name, label, ...nothing, origin };
}

/**
 * The blocks of a template and their leaves; neighbouring sections show a common title once.
 *
 * @param {ComposerData} data
 * @param {Title} title
 * @param {any[]} summary
 * @param {any[]} sections
 * @returns {Pick<PageData, "blocks" | "leaves">}
 */
function layOut(data, title, summary, sections) {
  const leaf = (kind, text) => ({ kind, prepared: preparedFor(data, text) });
  const lines = (items) => items.map(({ kind, text }) => leaf(kind, text));
  const blocks = [{ id: "", leaves: [{ kind: "title", prepared: title.prepared }, ...lines(summary)] }];
  let shown = null;
  for (const section of sections) {
    const opening = section.group && section.title === shown ? [] : [leaf("heading", section.title)];
    if (section.group) opening.push(leaf("group", section.group));
    shown = section.title;
    blocks.push({ id: section.id, leaves: [...opening, ...lines(section.items)] });
  }
  const inLayout = (place) =>
    Object.fromEntries(blocks.map(({ id, leaves }) => [id, leaves.map(({ kind, prepared }) => [kind, prepared[place]])]));
  return {
    blocks: blocks.map(({ id }) => id),
    leaves: { markdown: inLayout(0), text: inLayout(1), html: inLayout(2) },
  };
}
