// The facts of one opening, read from a template and what was filled in. Mirrors Python's `vacancy.py`.
import { filledText, slug } from "./fill.js";

/**
 * @typedef {import("./fill.js").Values} Values
 * @typedef {{id: string, label: string, help: string, kind: string, codes: string[]}} Detail
 * @typedef {object} Shapes what a build writes to `_static/rolebook-shapes.json`
 * @property {Detail[]} details
 * @property {Record<string, string>} forms what would be right where a value of a kind cannot be read
 * @property {[string, string, string][]} ordered details of which the second may not come before the first, and how that is said
 * @property {Record<string, string>} countries names by code
 * @property {string} currencies
 * @property {Record<string, {ask: string, tree: any}>} derived
 * @property {Record<string, any>} formats
 *
 * One detail as it was found.
 *
 * @typedef {object} Reading
 * @property {string} detail
 * @property {string} name what it is given under: a placeholder's name, or the detail's own id
 * @property {string} label
 * @property {string} text what was given
 * @property {string | number | undefined} value a number counts hundredths
 * @property {string} fault why it cannot be read
 * @property {boolean} shown whether the text of the description has it, in a placeholder or in a line of a chosen variant
 */

/**
 * @param {any} template what `PageData` holds of it
 * @param {Values} values by the names of placeholders and the ids of details
 * @param {Shapes} shapes
 * @returns {Map<string, Reading>} by the detail's id
 */
export function readVacancy(template, values, shapes) {
  const readings = new Map(shapes.details.map((detail) => [detail.id, readDetail(detail, template, values, shapes)]));
  for (const [first, second, relation] of shapes.ordered) {
    const low = readings.get(first);
    const high = readings.get(second);
    if (low.value === undefined || high.value === undefined || high.value >= low.value) continue;
    high.value = undefined;
    high.fault = `'${high.text}' ${relation} '${low.text}' (${low.label}).`;
  }
  return readings;
}

/**
 * A detail's value as programs write it.
 *
 * @param {Detail} detail
 * @param {string} text
 * @param {Shapes} shapes
 * @returns {string | number | undefined} undefined where it cannot be read
 */
export function readValue({ kind, codes }, text, { countries, currencies }) {
  // Some letters of other scripts turn into A to Z when they are capitalised.
  const isListed = (list) => /^[A-Za-z]+$/.test(text) && list.includes(text.toUpperCase());
  switch (kind) {
    case "number":
      return readHundredths(text);
    case "date":
      return isDate(text) ? text : undefined;
    case "country":
      return isListed(Object.keys(countries)) ? text.toUpperCase() : undefined;
    case "currency":
      return isListed(currencies.split(" ")) ? text.toUpperCase() : undefined;
    case "code":
      return codes.includes(slug(text)) ? slug(text) : undefined;
    case "website":
      return /^https?:\/\/[^ <>"]+$/.test(text) ? text : undefined;
    default:
      return text || undefined;
  }
}

/**
 * Why a value cannot be read, and what would be right.
 *
 * @param {Detail} detail
 * @param {string} text
 * @param {Shapes} shapes
 * @returns {string}
 */
export function unreadable({ kind, codes }, text, { forms }) {
  return `'${text}' cannot be read. ${forms[kind] ?? `Write one of: ${codes.join(", ")}`}.`;
}

/**
 * A value as people write it: the name of a country, a code with a capital, a number as given.
 *
 * @param {Reading} reading
 * @param {Shapes} shapes
 * @returns {string} empty if there is no value
 */
export function legible({ detail, text, value }, { details, countries }) {
  if (value === undefined) return "";
  if (typeof value === "number") return text;
  const { kind } = details.find(({ id }) => id === detail);
  if (kind === "country") return countries[value];
  return kind === "code" ? value.slice(0, 1).toUpperCase() + value.slice(1) : value;
}

/**
 * The id of the detail that a placeholder stands for: as declared, or as it is called. It need not be a known one.
 *
 * @param {{name: string, detail: string | null}} placeholder
 * @returns {string}
 */
export function detailOf({ name, detail }) {
  return detail ?? slug(name);
}

/**
 * @param {Detail} detail
 * @param {any} template
 * @param {Values} values
 * @param {Shapes} shapes
 * @returns {Reading}
 */
function readDetail(detail, template, values, shapes) {
  const { placeholders, variants } = template;
  const holders = placeholders.filter((each) => detailOf(each) === detail.id);
  const filled = holders.filter(({ name }) => filledText(values, name));
  const holder = filled[0] ?? holders[0];
  // A placeholder may bear a detail's id as its name and stand for another detail.
  const named = placeholders.some(({ name }) => name === detail.id);
  const own = named ? "" : filledText(values, detail.id);
  const source = own || !holder ? { name: detail.id, label: detail.label } : holder;
  const text = own || !holder ? own : filledText(values, holder.name);
  const choice = own || !holder?.codes.length ? -1 : holder.choices.indexOf(text);
  const value = choice < 0 ? readValue(detail, text, shapes) : holder.codes[choice];
  const reading = { detail: detail.id, name: source.name, label: source.label, text, value, fault: "", shown: filled.length > 0 };
  if (text && value === undefined) return { ...reading, fault: unreadable(detail, text, shapes) };
  const chosen = variants.arrangement;
  if (detail.id !== "arrangement" || !detail.codes.includes(chosen)) return reading;
  if (text && value !== chosen) {
    return { ...reading, value: undefined, fault: `'${text}' is not what the chosen variant says, '${chosen}'.` };
  }
  return { ...reading, text: text || chosen, value: chosen, shown: reading.shown || saysVariant(template, chosen) };
}

/**
 * Whether a line that comes from a chosen variant has its id among its words.
 *
 * @param {any} template
 * @param {string} chosen
 * @returns {boolean}
 */
function saysVariant({ summary, sections }, chosen) {
  const lines = [...summary, ...sections.flatMap(({ items }) => items)];
  return lines.some(
    ({ text, origin }) => (origin.entity ?? "").split("/").at(-1) === chosen && `-${slug(text)}-`.includes(`-${chosen}-`),
  );
}

/**
 * A number in hundredths. A comma or dot before exactly three digits parts thousands, before one or two it is the decimal mark.
 *
 * @param {string} text
 * @returns {number | undefined}
 */
function readHundredths(text) {
  const plain = /^([0-9]{1,12})(?:[.,]([0-9]{1,2}))?$/.exec(text);
  if (plain) return Number(plain[1] + (plain[2] ?? "").padEnd(2, "0"));
  const grouped = /^([1-9][0-9]{0,2})([,.'’ \u00a0\u2009\u202f])((?:[0-9]{2,3}\2)*[0-9]{3})(?:([.,])([0-9]{1,2}))?$/.exec(text);
  if (!grouped) return undefined;
  const [, first, separator, others, mark, decimals] = grouped;
  const whole = first + others.replaceAll(separator, "");
  return whole.length > 12 || mark === separator ? undefined : Number(whole + (decimals ?? "").padEnd(2, "0"));
}

/**
 * @param {string} text
 * @returns {boolean}
 */
function isDate(text) {
  if (!/^[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
