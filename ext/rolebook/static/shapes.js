// A filled description in the shapes that other programs take. Mirrors Python's `exports/shapes.py`, which explains them.
import { headedBlocks, htmlFragment, leafFiller, text } from "./exports.js";
import { escapeHtml, escapeText, filledText } from "./fill.js";
import { detailOf, legible, readVacancy } from "./vacancy.js";

/**
 * @typedef {import("./exports.js").PageData} PageData
 * @typedef {import("./fill.js").Values} Values
 * @typedef {import("./vacancy.js").Detail} Detail
 * @typedef {import("./vacancy.js").Reading} Reading
 * @typedef {import("./vacancy.js").Shapes} Shapes
 * @typedef {Record<string, any>} Facts
 *
 * Something that a format asks for and that is not there. `detail` is null for a mere blank in the text.
 *
 * @typedef {{name: string, label: string, detail: string | null, why: string}} Gap
 */

/** Kinds of sections that other systems keep as lists, if all their lines are bullets. */
const LISTED = ["responsibilities", "requirements", "nice-to-have", "skills", "education", "pay", "benefits"];

/**
 * A description in a shape, with what it lacks. The content is empty where something is missing.
 *
 * `details` are those the shape has room for that are given under their own id, not by the text: the template has
 * nothing that stands for them, what it has cannot be read, or they are given so already.
 *
 * @param {string} format
 * @param {PageData} data
 * @param {Values} values by the names of placeholders and the ids of details
 * @param {Shapes} shapes
 * @returns {{missing: Gap[], warnings: Gap[], details: Detail[], content: string}}
 */
export function shaped(format, data, values, shapes) {
  const wanted = shapes.formats[format];
  const readings = readVacancy(data.template, values, shapes);
  const facts = shapeFacts(data, values, shapes, readings);
  const blanks = data.template.placeholders
    .filter(({ name }) => !filledText(values, name))
    .map(({ name, label, detail }) => [name, { name, label, detail, why: "Still blank in the text." }]);
  const unread = [...readings.values()]
    .filter(({ detail, fault }) => fault && wanted.uses.includes(detail))
    .map(({ name, label, detail, fault }) => [name, { name, label, detail, why: `${fault} It is left out.` }]);
  const recommended = findGaps(wanted.recommended, "is left out", facts, readings, shapes);
  // One name is named once, with the best reason; a draft may have blanks.
  const missing = new Map(wanted.required ? [...blanks, ...findGaps(wanted.required, "needs it", facts, readings, shapes)] : []);
  const warnings = new Map([...(wanted.required ? [] : blanks), ...unread, ...recommended]);
  return {
    missing: [...missing.values()],
    warnings: [...warnings.values()].filter(({ name }) => !missing.has(name)),
    details: shapes.details.filter(({ id }) => wanted.uses.includes(id) && isApart(readings.get(id), data.template, values)),
    content: missing.size ? "" : writeShape(wanted, data, values, facts),
  };
}

/**
 * Whether a detail is to be given under its own id. It never is where a placeholder is called so: that one takes the value.
 *
 * @param {Reading} reading
 * @param {any} template
 * @param {Values} values
 * @returns {boolean}
 */
function isApart({ detail, value, fault }, { placeholders }, values) {
  if (placeholders.some(({ name }) => name === detail)) return false;
  if (fault || filledText(values, detail)) return true;
  // Without a placeholder, what has a value has it from a chosen variant.
  return value === undefined && !placeholders.some((each) => detailOf(each) === detail);
}

/**
 * What is wanted and not there.
 *
 * @param {Record<string, any>} wants facts with what they are wanted for
 * @param {string} consequence
 * @param {Facts} facts
 * @param {Map<string, Reading>} readings
 * @param {Shapes} shapes
 * @returns {[string, Gap][]}
 */
function findGaps(wants, consequence, facts, readings, { derived }) {
  const gaps = [];
  for (const [fact, purpose] of Object.entries(wants)) {
    const what = shapeTree(purpose, facts);
    if (what === undefined || fact in facts) continue;
    const { name, label, detail, fault } = readings.get(derived[fact]?.ask ?? fact);
    gaps.push([name, { name, label, detail, why: `${fault || "Not given:"} ${what} ${consequence}.` }]);
  }
  return gaps;
}

/**
 * The tree with its facts.
 *
 * @param {any} tree
 * @param {Facts} facts
 * @returns {any} undefined for what is missing
 */
function shapeTree(tree, facts) {
  if (typeof tree === "string") return tree.startsWith("$") ? facts[tree.slice(1)] : tree;
  if (Array.isArray(tree)) return present(tree, facts);
  if (typeof tree !== "object") return tree;
  if (tree.$map) return Object.hasOwn(tree.to, facts[tree.$map]) ? tree.to[facts[tree.$map]] : undefined;
  if (tree.$join) return present(tree.of, facts)?.join(tree.$join);
  if (tree.$first) return present(tree.$first, facts)?.[0];
  if (tree.$if) {
    const branch = tree.$if.every((condition) => holds(condition, facts)) ? tree.then : tree.else;
    return branch === undefined ? undefined : shapeTree(branch, facts);
  }
  if (tree.$each) {
    const entries = facts[tree.$each].filter(({ kind }) => !tree.kinds || tree.kinds.includes(kind));
    return entries.length ? entries.map((entry) => shapeTree(tree.as, entry)) : undefined;
  }
  const members = Object.entries(tree)
    .map(([name, part]) => [name, shapeTree(part, facts)])
    .filter(([, value]) => value !== undefined);
  return members.length ? Object.fromEntries(members) : undefined;
}

/**
 * @param {any[]} trees
 * @param {Facts} facts
 * @returns {any[] | undefined}
 */
function present(trees, facts) {
  const values = trees.map((tree) => shapeTree(tree, facts)).filter((value) => value !== undefined);
  return values.length ? values : undefined;
}

/**
 * @param {string} condition
 * @param {Facts} facts
 * @returns {boolean}
 */
function holds(condition, facts) {
  const [name, value] = condition.split("=");
  return value === undefined ? name in facts : facts[name] === value;
}

/**
 * What a tree can name; nothing in it is empty.
 *
 * @param {PageData} data
 * @param {Values} values
 * @param {Shapes} shapes
 * @param {Map<string, Reading>} readings
 * @returns {Facts}
 */
function shapeFacts(data, values, shapes, readings) {
  const { template, leaves } = data;
  const asText = leafFiller(data, values, escapeText, escapeText);
  const asHtml = leafFiller(data, values, escapeHtml, escapeHtml);
  const kinds = new Map(template.sections.map(({ id, kind }) => [id, kind]));
  // Sections under one heading stay together, so one that is no list keeps the others from it.
  const units = headedBlocks(data).slice(1);
  const isList = (unit) =>
    unit.every((id) => {
      const lines = bodyLeaves(leaves.text[id]);
      return LISTED.includes(kinds.get(id)) && lines.length > 0 && lines.every(([kind]) => kind === "bullet");
    });
  const first = units.findIndex(isList);
  const start = first < 0 ? units.length : first; // without any list, all is body
  const level = template.variants.level ?? "";
  const facts = Object.create(null);
  const add = (name, value) => {
    if (value !== "" && value !== undefined) facts[name] = value;
  };
  add("title", asText(leaves.text[""][0][1]));
  add("level", level.slice(0, 1).toUpperCase() + level.slice(1).replaceAll("-", " "));
  const untitled = { ...data, leaves: { html: withoutTitle(leaves.html), text: withoutTitle(leaves.text) } };
  const parts = {
    opening: [""],
    body: units.slice(0, start).flat(),
    closing: units.slice(start).filter((unit) => !isList(unit)).flat(),
    content: data.blocks,
  };
  for (const [name, ids] of Object.entries(parts)) {
    const blocks = ids.filter((id) => untitled.leaves.text[id].length);
    add(`${name}-html`, htmlFragment(untitled, values, blocks).replace(/\n$/, ""));
    add(`${name}-text`, text(untitled, values, blocks).replace(/\n$/, ""));
  }
  add("content-html-escaped", escapeHtml(facts["content-html"] ?? ""));
  for (const [id, reading] of readings) {
    const { value, shown } = reading;
    add(id, typeof value === "number" ? value / 100 : value);
    add(`${id}-words`, legible(reading, shapes));
    if (!shown) add(`${id}-unsaid`, legible(reading, shapes));
    if (typeof value === "number") facts[`${id}-cents`] = value;
  }
  facts.lists = [];
  facts.lines = [];
  for (const unit of units) {
    const heading = asText(leaves.text[unit[0]][0][1]);
    for (const id of unit) {
      const lines = bodyLeaves(leaves.html[id]).map(([, parts]) => `<li>${asHtml(parts)}</li>`);
      const group = leaves.text[id].find(([kind]) => kind === "group");
      if (isList(unit)) {
        facts.lists.push({ heading, ...(group && { group: asText(group[1]) }), "lines-html": lines.join("") });
      }
      facts.lines.push(
        ...bodyLeaves(leaves.text[id]).map(([, parts]) => ({ kind: kinds.get(id), heading, text: asText(parts) })),
      );
    }
  }
  for (const [name, { tree }] of Object.entries(shapes.derived)) add(name, shapeTree(tree, facts));
  return facts;
}

/**
 * @param {[kind: string, parts: string[]][]} leaves
 * @returns {[kind: string, parts: string[]][]}
 */
function bodyLeaves(leaves) {
  return leaves.filter(([kind]) => kind !== "heading" && kind !== "group");
}

/**
 * @param {import("./exports.js").Leaves} leaves
 * @returns {import("./exports.js").Leaves}
 */
function withoutTitle(leaves) {
  return { ...leaves, "": leaves[""].slice(1) };
}

/**
 * @param {any} wanted
 * @param {PageData} data
 * @param {Values} values
 * @param {Facts} facts
 * @returns {string}
 */
function writeShape(wanted, data, values, facts) {
  const json = JSON.stringify(shapeTree(wanted.tree, facts), null, 2);
  if (!wanted.shown) return `${json}\n`;
  // A program may be told only what people are shown, so the text gets what it does not say.
  const rows = Object.entries(shapeTree(wanted.shown, facts) ?? {})
    .map((row) => row.map(escapeHtml))
    .map(([name, value]) => `<dt>${name}</dt>\n<dd>${value}</dd>\n`);
  return [
    `<article lang="${escapeHtml(data.template.language)}">\n`,
    htmlFragment(data, values),
    rows.length ? `<dl>\n${rows.join("")}</dl>\n` : "",
    // No "<" in it can end the script.
    `<script type="application/ld+json">\n${json.replaceAll("<", "\\u003c")}\n</script>\n</article>\n`,
  ].join("");
}
