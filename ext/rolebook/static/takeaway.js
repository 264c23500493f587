// The files a reader takes away: the description as it stands on the page, in the format that her tools want.
import { docx } from "./docx.js";
import { htmlDocument, json, markdown, text } from "./exports.js";
import { filledText } from "./fill.js";
import { make } from "./dom.js";
import { buildForm, makeButton, saveFile } from "./form.js";
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
  const element = make(
    "div",
    { class: "rb-takeaway" },
    make("p", { class: "rb-downloads" }, "Download: ", makeButton("Word", word), ...plain, print),
    make("p", { class: "rb-downloads" }, "For other systems: ", ...vacancy.buttons),
    vacancy.element,
  );
  return { element, refresh: vacancy.refresh, close: vacancy.close };
}

/**
 * @param {Page} page
 * @param {ReturnType<typeof import("./state.js").openStore>} store
 * @param {(file: string) => Promise<any>} fetched
 * @param {(suffix: string, type: string, content: string) => void} save
 */
function buildVacancy(page, store, fetched, save) {
  const element = make("section", { class: "rb-notice rb-vacancy", tabindex: "-1", hidden: "" });
  const said = make("div");
  let shapes = null;
  /** Details are values like others, asked for here where no placeholder of the template gives them. */
  let details = null;
  let open = null; // the format that is asked about, and the button that opened it
  const form = buildForm((name, value) => {
    details.reload(); // another tab, or the page itself, may have written since
    details.edit(name, value);
    page.reload();
    tell();
  }, "rb-detail");
  const buttons = SHAPES.map(([format, label]) => {
    const button = makeButton(label, () => void begin(format, button));
    return button;
  });

  /**
   * Always shows what the text does not hold before it is saved: a date or a number from the last time may be wrong now.
   *
   * @param {string} format
   * @param {HTMLElement} opener
   */
  async function begin(format, opener) {
    shapes ??= await fetched("rolebook-shapes.json");
    if (!shapes) return;
    details ??= createState({ placeholders: shapes.details.map(detailField), values: {} }, store);
    open = { format, opener };
    const { label } = shapes.formats[format];
    form.element.setAttribute("aria-label", `Details for ${label}`);
    element.setAttribute("aria-label", `${label}: before you download`);
    element.replaceChildren(
      make("p", { class: "rb-vacancy-title" }, `${label}: before you download`),
      said,
      form.element,
      make(
        "div",
        { class: "rb-buttons" },
        makeButton("Download", finish, { class: "rb-button rb-primary" }),
        makeButton("Close", leave),
      ),
    );
    refresh();
    element.hidden = false;
    element.focus();
  }

  /** @returns {ReturnType<typeof shaped>} */
  function tryFormat() {
    return shaped(open.format, page.data(), { ...details.values(), ...page.values() }, shapes);
  }

  function finish() {
    const { suffix, media } = shapes.formats[open.format];
    const { missing, content } = tryFormat();
    if (missing.length) {
      tell();
      element.focus();
      return;
    }
    leave();
    save(suffix, media, content);
  }

  /** What is on the page has changed: the fields and what is said of them follow. */
  function refresh() {
    if (!open) return;
    details.reload();
    const { missing, warnings, details: asked } = tryFormat();
    // What the format cannot do without comes first, then what is better given.
    const isIn = (gaps, { id }) => gaps.some(({ detail }) => detail === id);
    const urgency = (detail) => (isIn(missing, detail) ? 0 : isIn(warnings, detail) ? 1 : 2);
    form.take([...asked].sort((one, other) => urgency(one) - urgency(other)).map(detailField));
    form.show(details.values());
    tell();
  }

  function tell() {
    const { missing, warnings } = tryFormat();
    const blanks = new Set(page.data().template.placeholders.map(({ name }) => name));
    const list = (intro, gaps) => (gaps.length ? [make("p", {}, intro), ...buildGaps(gaps, blanks)] : []);
    said.replaceChildren(...list("It cannot be made without:", missing), ...list("Better given:", warnings));
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

  function leave() {
    const { opener } = open;
    close();
    opener.focus({ preventScroll: true });
  }

  function close() {
    open = null;
    element.hidden = true;
  }

  return { element, buttons, refresh, close };
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
