// The page: finds what Sphinx wrote, adds the controls, and keeps the two in step.
import { writeClipboard } from "./clipboard.js";
import { startComparison } from "./comparing.js";
import { startComposer } from "./composer.js";
import { headedBlocks, htmlFragment, markdown, slotNames, text } from "./exports.js";
import { filledText, slug } from "./fill.js";
import { startFiltering } from "./filter.js";
import { make } from "./dom.js";
import { buildBar, buildForm, buildNotice, buildSectionTools, buildStatus, makeButton, makeToggle } from "./form.js";
import { buildSheet } from "./sheet.js";
import { startSorting } from "./sort.js";
import { createState, openStore, readFragment, writeFragment } from "./state.js";
import { buildTakeaway } from "./takeaway.js";

startPage();
startFiltering();
startSorting();
startComparison();

function startPage() {
  const script = document.getElementById("rolebook-data");
  const template = document.querySelector(".rb-template");
  const panel = document.querySelector(".rb-panel");
  if (!script || !template || !panel) return; // the script is on every page of the site

  /** @type {import("./exports.js").PageData} */
  const ownData = JSON.parse(script.textContent);
  const scriptAddress = document.currentScript.src; // known only while the script starts
  const store = openStore(() => window.localStorage, ownData.handbook);
  const own = { sheet: [...template.childNodes], notes: panel.querySelector(":scope > .rb-notes"), title: document.title };
  const level = Number(/^H([1-6])$/.exec(template.querySelector("h1, h2, h3, h4, h5, h6").tagName)[1]);

  // What the template on the page is: its own at first, and another with each choice in the composer.
  let data = ownData;
  let placeholders, byName, state, slots, shown, sheetGone;

  const formats = {
    rich: {
      name: "rich text",
      content: (blocks) => ({ text: text(data, state.values(), blocks), html: htmlFragment(data, state.values(), blocks) }),
    },
    markdown: { name: "Markdown", content: (blocks) => ({ text: markdown(data, state.values(), blocks) }) },
    text: { name: "plain text", content: (blocks) => ({ text: text(data, state.values(), blocks) }) },
  };

  const form = buildForm((name, value) => {
    if (!state.edit(name, value)) kept.textContent = "This browser keeps nothing: what you type is gone when you leave.";
    forgetFragment();
    update();
  });
  const status = buildStatus();
  const notice = buildNotice();
  const bar = buildBar(
    () => form.focus((unfilled()[0] ?? placeholders[0]).name),
    (opener) => copyBlocks("rich", data.blocks, opener),
  );
  const kept = make("p", { class: "rb-kept" }, "What you type stays in this browser.");
  const shared = make(
    "p",
    { class: "rb-shared" },
    "These values came with the link. What you typed yourself is kept as it is until you change a field.",
  );
  const clearing = buildClearing();
  const changesToggle = makeToggle("Show changes", (pressed) => template.classList.toggle("rb-show-changes", pressed));
  const originsToggle = makeToggle("Show where lines come from", (pressed) => template.classList.toggle("rb-show-origins", pressed));
  const toggles = make("div", { class: "rb-buttons rb-toggles" }, changesToggle, originsToggle);
  let notes = own.notes;
  /** @type {HTMLElement | null} */
  let changes = null;
  /** @type {ReturnType<typeof buildTakeaway>} */
  let takeaway;

  take(ownData, ownData.pay);
  addPanel();
  const composerElement = document.querySelector(".rb-composer");
  const composer = composerElement && startComposer(composerElement, showComposed, status.announce);
  // What a link brings is judged by the template that it was made for.
  if (!composer?.isLoading()) openFragment();

  window.addEventListener("hashchange", openFragment);
  window.addEventListener("storage", (event) => {
    if (event.key === store.key || event.key === null) reload();
  });
  // A page that comes back out of the browser's cache has missed what was typed on others.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) reload();
  });

  /**
   * Makes the form and finds the marks of the template that is on the page now.
   *
   * @param {import("./exports.js").PageData} pageData
   * @param {string[]} [pay] what the pay can be compared with
   */
  function take(pageData, pay = []) {
    data = pageData;
    placeholders = data.template.placeholders;
    byName = new Map(placeholders.map((placeholder) => [placeholder.name, placeholder]));
    state = createState(data.template, store);
    slots = findSlots(template, slotNames(data));
    shown = new Map();
    form.take(placeholders);
    for (const { name, detail } of placeholders) if (detail === "pay-minimum") form.compareWith(name, pay);
    for (const each of [form.element, kept, clearing, bar.element.firstChild]) each.hidden = !placeholders.length;
    changesToggle.hidden = !template.querySelector(".rb-added, .rb-replaced") && !document.querySelector("section.rb-changes");
    originsToggle.hidden = !template.querySelector(".rb-origin");
    addSectionTools();
  }

  /**
   * Puts a combination in the place of the page's own template, or that back.
   *
   * @param {import("./composer.js").Composed | null} composed
   * @param {boolean} byReader
   */
  function showComposed(composed, byReader) {
    if (!composed && data === ownData) return;
    const sheet = composed ? buildSheet(composed.data, level, composed.marks, composed.source) : own.sheet;
    template.replaceChildren(...sheet);
    const newNotes = composed ? composed.notes : own.notes;
    notes?.remove();
    if (newNotes) bar.element.before(newNotes);
    notes = newNotes;
    changes?.remove();
    changes = composed?.changes ?? null;
    if (changes) panel.parentElement.after(changes);
    takeaway.close();
    take(composed?.data ?? ownData, composed?.pay ?? ownData.pay);
    openFragment();
    const title = titleText();
    document.title = composed ? own.title.replace(/^[^—–|]*/, () => `${title} `) : own.title;
    if (byReader) status.announce(composed ? `${title}: ${composed.count} changes against the role.` : `${title}: the role as it stands.`);
  }

  /** The title of the template as it reads with what is filled in. */
  function titleText() {
    return text(data, state.values(), [""]).split("\n")[0];
  }

  function addPanel() {
    const copyButton = (label, format, attributes) => {
      const button = makeButton(label, () => copyBlocks(format, data.blocks, button), attributes);
      return button;
    };
    const linkButton = makeButton("Copy link", () => {
      notice.close();
      const link = location.href.split("#")[0] + writeFragment(state.forLink());
      return deliver({ text: link }, "Link copied", linkButton);
    });
    const copying = make(
      "div",
      { class: "rb-actions", role: "group", "aria-label": "Take the template away" },
      copyButton("Copy rich text", "rich", { class: "rb-button rb-primary" }),
      copyButton("Copy Markdown", "markdown"),
      copyButton("Copy plain text", "text"),
      linkButton,
    );
    const controls = [status.element, shared, form.element, kept, clearing, notice.element, copying, toggles];
    // A template without placeholders has no list of fields to replace.
    const place = panel.querySelector(".rb-fields") ?? panel.insertBefore(make("div"), notes);
    place.replaceWith(...controls);
    addDownloads();
    panel.append(bar.element);
  }

  function buildClearing() {
    const reset = () => {
      state.reset();
      forgetFragment();
      refresh();
      status.announce("Back to the defaults");
    };
    const erase = () => {
      state.erase();
      forgetFragment();
      refresh();
      status.announce("Erased from this browser");
    };
    return make("div", { class: "rb-buttons" }, makeButton("Reset", reset), makeButton("Erase what I typed", erase));
  }

  /** The files beside the page hold the defaults; these hold what is filled in. */
  function addDownloads() {
    const place = panel.querySelector(".rb-downloads") ?? panel.appendChild(make("p"));
    const page = {
      data: () => data,
      values: () => state.values(),
      jump: form.focus,
      reload: () => state.reload(),
      announce: status.announce,
    };
    takeaway = buildTakeaway(page, store, fetchFile);
    place.replaceWith(takeaway.element);
  }

  /** @param {string} file beside the script */
  async function fetchFile(file) {
    const address = new URL(file, scriptAddress);
    const response = await fetch(address, { cache: "no-cache" });
    if (!response.ok) throw new Error(`${response.status}`);
    return response.json();
  }

  function addSectionTools() {
    sheetGone?.abort();
    sheetGone = new AbortController();
    for (const each of template.querySelectorAll(".rb-tools")) each.remove();
    const labels = { rich: "Rich text", markdown: "Markdown", text: "Plain text" };
    const sections = [template, ...template.querySelectorAll(".rb-section")];
    headedBlocks(data).forEach((blocks, index) => {
      const heading = sections[index].querySelector("h1, h2, h3, h4, h5, h6");
      const label = index ? "Copy section" : "Copy opening";
      const [[, title]] = data.leaves.text[blocks[0]];
      const copy = (format, opener) => copyBlocks(format, blocks, opener);
      heading.after(buildSectionTools(`rb-copy-${index}`, label, title.join(""), labels, copy, sheetGone.signal));
    });
  }

  /** @param {string[]} [blocks] */
  function unfilled(blocks) {
    const values = state.values();
    return [...new Set(slotNames(data, blocks))].filter((name) => !filledText(values, name)).map((name) => byName.get(name));
  }

  /**
   * @param {"rich" | "markdown" | "text"} format
   * @param {string[]} blocks
   * @param {HTMLElement} opener
   */
  function copyBlocks(format, blocks, opener) {
    notice.close();
    const { name, content } = formats[format];
    const copyNow = () => deliver(content(blocks), `Copied as ${name}`, opener);
    const left = unfilled(blocks);
    if (left.length) notice.warn(left, form.focus, copyNow);
    else copyNow();
  }

  /**
   * @param {import("./clipboard.js").Content} content
   * @param {string} message
   * @param {HTMLElement} opener gets the focus back
   */
  async function deliver(content, message, opener) {
    const leave = () => {
      notice.close();
      opener.focus({ preventScroll: true });
    };
    const finish = () => {
      leave();
      status.announce(message);
    };
    if (await writeClipboard(content)) finish();
    else notice.offer(content, finish, leave);
  }

  /** A link's values win over the reader's own, until an edit makes them one. */
  function openFragment() {
    const accepted = readFragment(location.hash, placeholders);
    // An ordinary anchor is the reader moving about the page: what a link brought stays in view.
    if (accepted || !location.hash) state.showShared(accepted?.values ?? {});
    if (accepted?.ignored) status.announce("Parts of this link do not fit the template and are left out.");
    refresh();
  }

  /** Else a reload would bring the link's values back over the reader's. */
  function forgetFragment() {
    if (readFragment(location.hash, placeholders)) history.replaceState(history.state, "", location.href.split("#")[0]);
  }

  function reload() {
    state.reload();
    refresh();
  }

  function refresh() {
    form.show(state.values());
    update();
  }

  /** Everything but the fields themselves, which already read what the reader typed. */
  function update() {
    const values = state.values();
    for (const { name } of placeholders) {
      const filled = filledText(values, name);
      if (shown.get(name) === filled) continue;
      shown.set(name, filled);
      for (const slot of slots.get(name) ?? []) showSlot(slot, name, filled);
    }
    for (const slot of changes?.querySelectorAll("[data-name]") ?? []) {
      showSlot(slot, slot.dataset.name, filledText(values, slot.dataset.name));
    }
    const left = unfilled().length;
    status.count(placeholders.length ? (left ? `${left} left to fill in` : "All filled in") : "");
    bar.count(left ? `${left} left` : "All filled");
    form.mark(values);
    shared.hidden = !state.isShared();
    notice.close(); // what it said may no longer hold
    takeaway.refresh();
  }
}

/**
 * The spans of each placeholder. Two names can share one class ("größe", "gräße"), so a class's spans take their
 * names in reading order, which the page and its data have in common.
 *
 * @param {Element} template
 * @param {string[]} names of the slots in reading order
 * @returns {Map<string, HTMLElement[]>}
 */
function findSlots(template, names) {
  const slots = new Map(names.map((name) => [name, []]));
  for (const className of new Set(names.map((name) => `rb-ph--${slug(name)}`))) {
    const queue = names.filter((name) => `rb-ph--${slug(name)}` === className);
    Array.from(template.getElementsByClassName(className)).forEach((slot, index) => {
      slots.get(queue[Math.min(index, queue.length - 1)]).push(slot);
    });
  }
  return slots;
}

/**
 * @param {HTMLElement} slot
 * @param {string} name
 * @param {string} filled
 */
function showSlot(slot, name, filled) {
  slot.classList.toggle("rb-filled", filled !== "");
  slot.textContent = filled || `{{ ${name} }}`;
}
