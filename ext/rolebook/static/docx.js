// A description as a Word document. Mirrors Python's `exports/docx.py` byte for byte.
import { escapeHtml, escapeText, fill, filledText } from "./fill.js";
import { readRuns } from "./runs.js";
import { zip } from "./zip.js";

/**
 * What a Word file holds around the text, from `_static/rolebook-word.json`: the parts' texts in the archive's order. A
 * text is a list: literals at even places, at odd ones the names of what a document puts there.
 *
 * @typedef {Record<string, string[]>} Shell
 * @typedef {import("./exports.js").PageData} PageData
 * @typedef {import("./fill.js").Placeholder} Placeholder
 * @typedef {import("./fill.js").Values} Values
 * @typedef {import("./runs.js").Run} Run
 */

const WORD_STYLES = {
  title: "Title",
  heading: "Heading1",
  group: "Heading2",
  paragraph: "Normal",
  bullet: "ListBullet",
  number: "ListNumber",
};
const WORD_NUMBERS = 2; // the shell's list of the style ListNumber
const WORD_LONGEST_NAME = 64; // of a content control, in UTF-16 units

/**
 * @param {PageData} data
 * @param {Values} values
 * @param {Shell} shell
 * @returns {Uint8Array}
 */
export function docx(data, values, shell) {
  const { title, text, lists, links } = wordText(data, values);
  const inserted = {
    body: text,
    title: escapeXml(title),
    language: escapeXml(data.template.language),
    lists: Array.from(
      { length: lists },
      (_, index) =>
        `<w:num w:numId="${WORD_NUMBERS + 1 + index}"><w:abstractNumId w:val="${WORD_NUMBERS}"/>` +
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>',
    ).join(""),
    links: Array.from(
      links,
      ([address, id]) =>
        `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/` +
        `relationships/hyperlink" Target="${escapeXml(address)}" TargetMode="External"/>`,
    ).join(""),
  };
  return zip(
    Object.entries(shell).map(([name, pieces]) => [
      name,
      pieces.map((piece, index) => (index % 2 === 0 ? piece : inserted[piece])).join(""),
    ]),
  );
}

/**
 * The document's text, and what was numbered while it was written.
 *
 * @param {PageData} data
 * @param {Values} values
 * @returns {{title: string, text: string, lists: number, links: Map<string, string>}} links: their ids by address
 */
function wordText(data, values) {
  /** @type {Map<string, Placeholder>} */
  const placeholders = new Map(data.template.placeholders.map((each) => [each.name, each]));
  const links = new Map();
  let lists = 0;
  let controls = 0;

  const link = (address) => {
    if (!links.has(address)) links.set(address, `link${links.size + 1}`);
    return links.get(address);
  };

  // A placeholder as a content control; all of one name have the same title and tag.
  const control = (run) => {
    const placeholder = placeholders.get(run.text);
    const value = filledText(values, run.text);
    const properties = runProperties(run);
    const state = value ? "" : "<w:showingPlcHdr/>";
    const content = value
      ? wordRun(value, properties)
      : wordRun(wordUnfilled(run.text), '<w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr>');
    controls += 1;
    return (
      `<w:sdt><w:sdtPr>${properties}<w:alias w:val="${controlName(placeholder.label)}"/>` +
      `<w:tag w:val="${controlName(placeholder.name)}"/><w:id w:val="${controls}"/>` +
      `${state}${controlKind(placeholder)}</w:sdtPr><w:sdtContent>${content}</w:sdtContent></w:sdt>`
    );
  };

  const paragraph = (kind, parts) => {
    let properties = `<w:pStyle w:val="${WORD_STYLES[kind]}"/>`;
    if (kind === "number") {
      properties += `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="${WORD_NUMBERS + lists}"/></w:numPr>`;
    }
    let output = `<w:p><w:pPr>${properties}</w:pPr>`;
    let address = "";
    for (const run of readRuns(parts)) {
      if (run.address !== address) {
        if (address) output += "</w:hyperlink>";
        address = run.address;
        if (address) output += `<w:hyperlink r:id="${link(address)}">`;
      }
      output += run.slot ? control(run) : wordRun(run.text, runProperties(run));
    }
    return `${output}${address ? "</w:hyperlink>" : ""}</w:p>`;
  };

  const block = (id) => {
    let previous = "start";
    return data.leaves.html[id].map(([kind, parts]) => {
      if (kind === "number" && previous !== "number") lists += 1;
      previous = kind;
      return paragraph(kind, parts);
    });
  };

  const text = data.blocks.flatMap(block).join("");
  const title = fill(data.leaves.text[""][0][1], values, escapeText, wordUnfilled);
  return { title, text, lists, links };
}

/**
 * @param {string} name
 * @returns {string} without the choices, since those are in the control's list
 */
function wordUnfilled(name) {
  return `{{ ${name} }}`;
}

/**
 * @param {Placeholder} placeholder
 * @returns {string}
 */
function controlKind({ choices, multiple }) {
  if (!choices.length) return "<w:text/>";
  const items = [...new Set(choices)]
    .map(escapeXml)
    .map((choice) => `<w:listItem w:displayText="${choice}" w:value="${choice}"/>`)
    .join("");
  // A drop-down list takes one choice. Where several may be picked, a combo box lets the reader type the others.
  const kind = multiple ? "comboBox" : "dropDownList";
  return `<w:${kind}>${items}</w:${kind}>`;
}

/**
 * @param {string} text
 * @param {string} properties
 * @returns {string}
 */
function wordRun(text, properties) {
  return `<w:r>${properties}<w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r>`;
}

/**
 * @param {Run} run
 * @returns {string}
 */
function runProperties(run) {
  let properties = "";
  if (run.address) properties += '<w:rStyle w:val="Hyperlink"/>';
  if (run.code) properties += '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas"/>';
  if (run.strong) properties += "<w:b/><w:bCs/>";
  if (run.emphasis) properties += "<w:i/><w:iCs/>";
  return properties && `<w:rPr>${properties}</w:rPr>`;
}

/**
 * @param {string} text
 * @returns {string}
 */
function controlName(text) {
  return escapeXml(text.slice(0, WORD_LONGEST_NAME));
}

/**
 * @param {string} text
 * @returns {string} escaped, without the characters that XML 1.0 does not allow
 */
function escapeXml(text) {
  return escapeHtml(text.replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd"));
}
