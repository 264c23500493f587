// The selects above a role's template, and what a choice in them makes of it.
import { compare } from "./changes.js";
import { chosenVariants, composedNotes, composePage } from "./compose.js";
import { make } from "./dom.js";
import { buildLine, buildText, lineName } from "./sheet.js";

/**
 * @typedef {import("./changes.js").Change} Change
 * @typedef {import("./compose.js").Choice} Choice
 * @typedef {import("./compose.js").ComposerData} ComposerData
 * @typedef {import("./exports.js").PageData} PageData
 * @typedef {import("./sheet.js").Source} Source
 * @typedef {object} Composed a combination, with what is shown around its template
 * @property {PageData} data
 * @property {Map<string, "added" | "replaced">} marks
 * @property {Source} source
 * @property {HTMLElement | null} notes
 * @property {HTMLElement} changes
 * @property {number} count of changes
 * @property {string[]} pay what the pay can be compared with
 */

/** The id of the list of changes. */
const CHANGES = "what-this-choice-changes";

const KINDS = { added: "Added", replaced: "Replaced", moved: "Moved", removed: "Removed" };

/**
 * Follows the selects, the address and the browser's buttons. On another page than the role's own, a choice leads there.
 *
 * @param {HTMLElement} element as the build wrote it
 * @param {(composed: Composed | null, byReader: boolean) => void} onCompose null for the page's own template
 * @param {(text: string) => void} announce
 */
export function startComposer(element, onCompose, announce) {
  /** @type {Choice} what the template on the page is, which the selects run ahead of while data load */
  let current = {};
  const selects = [...element.querySelectorAll("select")];
  const pages = element.appendChild(make("p", { class: "rb-pages" }));
  const trouble = make("p", { class: "rb-trouble", hidden: "" });
  element.append(trouble);
  /** @type {ComposerData | null} */
  let data = null;
  /** @type {PageData | null} */
  let plain = null;
  /** @type {Promise<void> | null} */
  let loading = null;
  let asked = 0;

  for (const select of selects) {
    select.addEventListener("change", () => choose(readSelects()));
    // The data are on their way before the choice is made.
    for (const event of ["focus", "pointerenter"]) select.addEventListener(event, () => void load(), { once: true });
  }
  if (!element.dataset.page) {
    // An ordinary anchor on the page comes by here too.
    window.addEventListener("popstate", () => isSameChoice(readAddress(), current) || show(readAddress(), true));
    show(readAddress(), false);
  } else {
    showPages(0);
  }
  return { isLoading: () => element.getAttribute("aria-busy") === "true" };

  /** @param {Choice} choice */
  function choose(choice) {
    const address = new URL(element.dataset.page || location.href, location.href);
    address.search = writeChoice(choice);
    address.hash = location.hash;
    if (element.dataset.page) {
      location.assign(address);
      return;
    }
    history.pushState(null, "", address);
    show(choice, true);
  }

  /**
   * @param {Choice} choice
   * @param {boolean} byReader and not as the page opened
   */
  function show(choice, byReader) {
    const turn = ++asked;
    for (const select of selects) select.value = choice[select.name] ?? "";
    const isReady = data !== null || !Object.keys(choice).length;
    element.setAttribute("aria-busy", String(!isReady));
    if (!isReady) {
      pages.textContent = "Loading…";
      pages.hidden = false;
      void load().then(() => {
        if (turn !== asked) return;
        if (data) show(choice, byReader);
        else goBack();
      });
      return;
    }
    current = choice;
    const composed = Object.keys(choice).length ? composeChoice(data, plain, choice, nameOf, element.dataset.edit) : null;
    onCompose(composed, byReader);
    showPages(composed ? composed.count : 0);
  }

  /** The selects and the address say again what the template is. */
  function goBack() {
    for (const select of selects) select.value = current[select.name] ?? "";
    element.setAttribute("aria-busy", "false");
    showPages(0);
    const address = new URL(location.href);
    address.search = writeChoice(current);
    history.replaceState(null, "", address);
  }

  function load() {
    loading ??= fetchData(element.dataset.composer).then(
      (fetched) => {
        data = fetched;
        plain = composePage(data, {});
        trouble.hidden = true;
        element.parentElement.classList.remove("rb-troubled");
      },
      () => {
        loading = null; // so that the next choice tries again
        trouble.textContent = "What this needs could not be loaded. Choose one of the pages above instead, or try again.";
        trouble.hidden = false;
        element.parentElement.classList.add("rb-troubled"); // shows the list of pages
        announce(trouble.textContent);
      },
    );
    return loading;
  }

  /** @returns {Choice} */
  function readSelects() {
    return Object.fromEntries(selects.filter(({ value }) => value).map(({ name, value }) => [name, value]));
  }

  /** What the address chooses, as far as the role has it. */
  function readAddress() {
    const query = new URLSearchParams(location.search);
    const known = (select) => [...select.options].some(({ value }) => value && value === query.get(select.name));
    return Object.fromEntries(selects.filter(known).map(({ name }) => [name, query.get(name)]));
  }

  /**
   * Links to the pages of the chosen variants, and to what the choice changes: that is far below on a phone.
   *
   * @param {number} count of changes
   */
  function showPages(count) {
    // On a variant's own page its option leads nowhere.
    const chosen = selects.map((select) => select.selectedOptions[0]).filter(({ value, dataset }) => value && dataset.href);
    const links = chosen.map((option) => make("a", { href: option.dataset.href }, option.textContent));
    const changes = count ? [make("a", { href: `#${CHANGES}` }, `${count} changes`), " against the role. "] : [];
    const named = links.length ? ["More on: ", ...links.flatMap((link, index) => (index ? [", ", link] : [link]))] : [];
    pages.replaceChildren(...changes, ...named);
    pages.hidden = !links.length;
  }

  /**
   * @param {{axis: string, id: string}} variant
   * @returns {string}
   */
  function nameOf({ axis, id }) {
    const select = selects.find(({ name }) => name === axis);
    return [...(select?.options ?? [])].find(({ value }) => value === id)?.textContent ?? id;
  }
}

/**
 * @param {string} address
 * @returns {Promise<ComposerData>}
 */
export async function fetchData(address) {
  // Asked for anew each time, so that an old copy never meets a new page.
  const response = await fetch(address, { cache: "no-cache" });
  if (!response.ok) throw new Error(`${response.status}`);
  return response.json();
}

/**
 * @param {Choice} choice
 * @returns {string}
 */
function writeChoice(choice) {
  return new URLSearchParams(choice).toString();
}

/**
 * A combination with its changes against the role's own template.
 *
 * @param {ComposerData} data
 * @param {PageData} before the role without a choice
 * @param {Choice} choice
 * @param {(variant: {axis: string, id: string}) => string} nameOf
 * @param {string} edit the pattern of a line's source address, empty if there is none
 * @returns {Composed}
 */
function composeChoice(data, before, choice, nameOf, edit) {
  const chosen = chosenVariants(data, choice);
  const page = composePage(data, choice);
  const changes = compare(before.template, page.template);
  const from = (origin) => {
    const variant = chosen.find(({ key }) => key === origin.entity);
    return variant ? nameOf(variant) : origin.entity === data.role ? "the role" : origin.entity.split("/").at(-1).replaceAll("-", " ");
  };
  const source = (origin) => [buildSource(origin, from(origin), edit)];
  const marks = new Map();
  for (const { kind, section, after } of changes) {
    if (after && "text" in after && (kind === "added" || kind === "replaced")) marks.set(lineName(section?.id ?? "", after), kind);
  }
  const removedBy = (section, item) => {
    const takes = ({ op, section: id, drop, remove }) => op === "patch" && id === section?.id && (drop || remove.includes(item.id));
    const variant = chosen.findLast(({ operations }) => operations.some(takes));
    return variant ? [buildSource(null, nameOf(variant), "")] : [];
  };
  return {
    data: page,
    marks,
    source,
    notes: buildNotes(composedNotes(data, choice, page.template.sections), page),
    changes: buildChanges(changes, { before, after: page, prepared: data.prepared, source, removedBy }),
    count: changes.length,
    pay: (data.pay?.by[`${choice.level ?? ""}/${choice.jurisdiction ?? ""}`] ?? []).map((place) => data.pay.texts[place]),
  };
}

/**
 * @param {import("./sheet.js").Origin | null} origin
 * @param {string} name
 * @param {string} edit
 * @returns {HTMLElement}
 */
function buildSource(origin, name, edit) {
  if (!origin || !edit) return make("span", { class: "rb-origin" }, name);
  const path = origin.file.split("/").map(encodeURIComponent).join("/");
  const href = edit.replaceAll("{path}", () => path).replaceAll("{line}", String(origin.line));
  return make("a", { class: "rb-origin", href, title: `Edit this line: ${origin.file}` }, name);
}

/**
 * @param {{section: string | null, items: [string, string[]][]}[]} notes
 * @param {PageData} page
 * @returns {HTMLElement | null}
 */
function buildNotes(notes, page) {
  if (!notes.length) return null;
  const titles = new Map(page.template.sections.map(({ id, title }) => [id, title]));
  const children = notes.flatMap(({ section, items }) => [
    ...(section === null ? [] : [make("p", { class: "rb-note-about" }, make("strong", {}, titles.get(section)))]),
    ...buildText(items),
  ]);
  return make(
    "div",
    { class: "rb-notes compound" },
    make("p", { class: "rubric" }, "Notes for the writer"),
    make("p", {}, "These are for you; they are not copied with the template."),
    ...children,
  );
}

/**
 * What the choice changes, line by line, with where each line comes from.
 *
 * @param {Change[]} changes
 * @param {{before: PageData, after: PageData, prepared: ComposerData["prepared"], source: Source, removedBy: (section: any, item: any) => Node[]}} context
 * @returns {HTMLElement}
 */
function buildChanges(changes, { before, after, prepared, source, removedBy }) {
  const words = (text) => [prepared[text]].flatMap((given) => (typeof given[0] === "string" ? [given] : [given[2]]))[0];
  const line = (part, name) => buildLine("p", words("text" in part ? part.text : part.title), { class: name });
  const element = make("section", { class: "rb-changes", id: CHANGES }, make("h2", {}, "What this choice changes"));
  element.append(...buildSummary(before, after));
  for (const [kind, title] of Object.entries(KINDS)) {
    const these = changes.filter((change) => change.kind === kind);
    if (!these.length) continue;
    const items = these.map(({ section, before: was, after: now }) => {
      const isLine = "text" in (now ?? was);
      const where = make("p", { class: "rb-where" }, isLine ? placeOf(section) : "Section", " ");
      where.append(...(now ? source(now.origin) : removedBy(section, was)));
      const lines = [...(was && kind !== "moved" ? [line(was, "rb-was")] : []), ...(now ? [line(now, "rb-now")] : [])];
      return make("li", { class: `rb-change-${kind}` }, where, ...lines);
    });
    element.append(make("p", { class: "rubric" }, title), make("ul", {}, ...items));
  }
  return element;
}

/**
 * @param {{title: string, group: string | null} | null} section
 * @returns {string}
 */
function placeOf(section) {
  if (!section) return "Summary";
  return section.group ? `${section.title}, ${section.group}` : section.title;
}

/**
 * @param {Choice} one
 * @param {Choice} other
 * @returns {boolean}
 */
function isSameChoice(one, other) {
  return writeChoice(one) === writeChoice(other);
}

/**
 * The title and the fields, which no line shows.
 *
 * @param {PageData} before
 * @param {PageData} after
 * @returns {HTMLElement[]}
 */
function buildSummary(before, after) {
  const names = (page) => page.template.placeholders.map(({ label }) => label);
  const only = (some, others) => names(some).filter((label) => !names(others).includes(label));
  const say = (text, labels) => (labels.length ? [make("p", {}, `${text}: ${labels.join("; ")}.`)] : []);
  return [
    make("p", {}, `The title is “${after.template.title}”.`),
    ...say("Also asked for", only(after, before)),
    ...say("No longer asked for", only(before, after)),
  ];
}
