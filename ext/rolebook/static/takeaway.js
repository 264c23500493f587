// The files a reader takes away: the description as it stands on the page, in the format that her tools want.
import { docx } from "./docx.js";
import { htmlDocument, json, markdown, text } from "./exports.js";
import { filledText } from "./fill.js";
import { buildForm, make, makeButton, saveFile } from "./form.js";
import { shaped } from "./shapes.js";
import { createState } from "./state.js";

/**
 * @typedef {import("./exports.js").PageData} PageData
 * @typedef {import("./fill.js").Values} Values
 * @typedef {import("./shapes.js").Gap} Gap
 * @typedef {object} Page what the files are made of, and where the reader is led
 * @property {() => PageData} data
 * @property {() => Values} values
 * @property {(name: string) => void} jump to a placeholder's field
 * @property {() => void} reload after the store has been written
 * @property {(text: string) => void} announce
 */

const DOCUMENTS = [
  ["Markdown", ".md", "text/markdown", markdown],
  ["Plain text", ".txt", "text/plain", text],
  ["HTML", ".html", "text/html", htmlDocument],
  ["JSON", ".json", "application/json", json],
];
const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const SHAPES = [
  ["greenhouse", "Greenhouse"],
  ["lever", "Lever"],
  ["ashby", "Ashby"],
  ["jsonresume", "JSON Resume"],
  ["jobposting", "Career page"],
];

/**
 * The buttons of all formats; those that describe a vacancy ask for what the text does not hold.
 *
 * @param {Page} page
 * @param {ReturnType<typeof import("./state.js").openStore>} store
 * @param {(file: string) => Promise<any>} fetchFile a JSON file that lies beside the script
 * @returns {HTMLElement}
 */
export function buildTakeaway(page, store, fetchFile) {
  const save = (suffix, type, content) => {
    saveFile(page.data().file + suffix, type, content);
    page.announce(`Saved ${page.data().file}${suffix}`);
  };
  const fetched = async (file) => {
    try {
      return await fetchFile(file);
    } catch {
      page.announce("What this format needs could not be loaded. Try again.");
      return null;
    }
  };
  const word = async () => {
    const shell = await fetched("rolebook-word.json");
    if (shell) save(".docx", WORD, docx(page.data(), page.values(), shell));
  };
  const plain = DOCUMENTS.map(([label, suffix, type, write]) =>
    makeButton(label, () => save(suffix, type, write(page.data(), page.values()))),
  );
  const print = makeButton("PDF", () => window.print(), { title: "Opens the print dialogue, which can save a PDF" });
  const vacancy = buildVacancy(page, store, fetched, save);
  return make(
    "div",
    { class: "rb-takeaway" },
    make("p", { class: "rb-downloads" }, "Download: ", makeButton("Word", word), ...plain, print),
    make("p", { class: "rb-downloads" }, "For other systems: ", ...vacancy.buttons),
    vacancy.element,
  );
}

/**
 * @param {Page} page
 * @param {ReturnType<typeof import("./state.js").openStore>} store
 * @param {(file: string) => Promise<any>} fetched
 * @param {(suffix: string, type: string, content: string) => void} save
 */
function buildVacancy(page, store, fetched, save) {
  const element = make("section", { class: "rb-notice rb-vacancy", tabindex: "-1", hidden: "" });
  const buttons = SHAPES.map(([format, label]) => makeButton(label, () => void begin(format)));
  let shapes = null;
  /** Details are values like others, asked for here where no placeholder of the template stands for them. */
  let details = null;
  const form = buildForm((name, value) => {
    details.reload();
    details.edit(name, value);
    page.reload();
  }, "rb-detail");

  async function begin(format) {
    shapes ??= await fetched("rolebook-shapes.json");
    if (!shapes) return;
    details ??= createState({ placeholders: shapes.details.map(detailField), values: {} }, store);
    const { missing, warnings } = tryFormat(format);
    if (missing.length || warnings.length) ask(format, missing, warnings);
    else finish(format);
  }

  /** @param {string} format */
  function tryFormat(format) {
    return shaped(format, page.data(), { ...details.values(), ...page.values() }, shapes);
  }

  /** @param {string} format */
  function finish(format) {
    const { suffix, media } = shapes.formats[format];
    const { missing, warnings, content } = tryFormat(format);
    if (missing.length) {
      ask(format, missing, warnings);
      return;
    }
    close();
    save(suffix, media, content);
  }

  /**
   * @param {string} format
   * @param {Gap[]} missing
   * @param {Gap[]} warnings
   */
  function ask(format, missing, warnings) {
    const { label } = shapes.formats[format];
    const blanks = new Set(page.data().template.placeholders.map(({ name }) => name));
    const list = (intro, gaps) => (gaps.length ? [make("p", {}, intro), ...buildGaps(gaps, blanks)] : []);
    const asked = [...missing, ...warnings].filter(({ name, detail }) => detail !== null && !blanks.has(name));
    form.take(shapes.details.filter(({ id }) => asked.some(({ detail }) => detail === id)).map(detailField));
    form.show(details.values());
    form.element.setAttribute("aria-label", `Details for ${label}`);
    element.setAttribute("aria-label", `${label}: before you download`);
    element.replaceChildren(
      make("p", { class: "rb-vacancy-title" }, `${label}: before you download`),
      ...list("It cannot be made without:", missing),
      ...list("Better given:", warnings),
      ...(asked.length ? [form.element] : []),
      make(
        "div",
        { class: "rb-buttons" },
        makeButton("Download", () => finish(format), { class: "rb-button rb-primary" }),
        makeButton("Close", close),
      ),
    );
    element.hidden = false;
    element.focus();
  }

  /**
   * Placeholders that are merely blank need no reason each: side by side they leave the rest in sight.
   *
   * @param {Gap[]} gaps
   * @param {Set<string>} blanks the names of the template's placeholders
   * @returns {HTMLElement[]}
   */
  function buildGaps(gaps, blanks) {
    const values = page.values();
    const isBlank = ({ name }) => blanks.has(name) && !filledText(values, name);
    const jump = ({ name, label }) => makeButton(label, () => page.jump(name), { class: "rb-jump" });
    const left = gaps.filter(isBlank).map((gap) => make("li", {}, jump(gap)));
    const others = gaps.filter((gap) => !isBlank(gap)).map((gap) => {
      const what = blanks.has(gap.name) ? jump(gap) : make("strong", {}, gap.label);
      return make("li", {}, what, ` – ${gap.why}`);
    });
    return [
      ...(left.length ? [make("ul", { class: "rb-left" }, ...left)] : []),
      ...(others.length ? [make("ul", { class: "rb-gaps" }, ...others)] : []),
    ];
  }

  function close() {
    element.hidden = true;
    element.replaceChildren();
  }

  return { element, buttons };
}

/**
 * A detail as a field of the form.
 *
 * @param {{id: string, label: string, help: string, codes: string[]}} detail
 * @returns {any}
 */
function detailField({ id, label, help, codes }) {
  return { name: id, label, help, default: null, choices: codes, multiple: false, required: false };
}
