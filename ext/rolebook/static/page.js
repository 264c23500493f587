// The page: finds what Sphinx wrote, adds the controls, and keeps the two in step.
import { writeClipboard } from "./clipboard.js";
import { headedBlocks, htmlDocument, htmlFragment, json, markdown, slotNames, text } from "./exports.js";
import { filledText, slug } from "./fill.js";
import { buildBar, buildForm, buildNotice, buildSectionTools, buildStatus, make, makeButton, makeToggle, saveFile } from "./form.js";
import { createState, openStore, readFragment, writeFragment } from "./state.js";

startPage();

function startPage() {
  const script = document.getElementById("rolebook-data");
  const template = document.querySelector(".rb-template");
  const panel = document.querySelector(".rb-panel");
  if (!script || !template || !panel) return; // the script is on every page of the site

  /** @type {import("./exports.js").PageData} */
  const data = JSON.parse(script.textContent);
  const { placeholders } = data.template;
  const byName = new Map(placeholders.map((placeholder) => [placeholder.name, placeholder]));
  const store = openStore(() => window.localStorage, data.handbook);
  const state = createState(data.template, store);
  const slots = findSlots(template, slotNames(data));
  /** @type {Map<string, string>} what each slot reads now, so that only what changed is written */
  const shown = new Map();

  const formats = {
    rich: {
      name: "rich text",
      content: (blocks) => ({ text: text(data, state.values(), blocks), html: htmlFragment(data, state.values(), blocks) }),
    },
    markdown: { name: "Markdown", content: (blocks) => ({ text: markdown(data, state.values(), blocks) }) },
    text: { name: "plain text", content: (blocks) => ({ text: text(data, state.values(), blocks) }) },
  };

  const status = buildStatus();
  const notice = buildNotice();
  const bar = buildBar(
    () => form.focus((unfilled()[0] ?? placeholders[0]).name),
    (opener) => copyBlocks("rich", data.blocks, opener),
  );
  const form = buildForm(placeholders, (name, value) => {
    if (!state.edit(name, value)) kept.textContent = "This browser keeps nothing: what you type is gone when you leave.";
    forgetFragment();
    update();
  });
  const kept = make("p", { class: "rb-kept" }, "What you type stays in this browser.");
  const shared = make(
    "p",
    { class: "rb-shared" },
    "These values came with the link. What you typed yourself is kept as it is until you change a field.",
  );

  addPanel();
  addSectionTools();
  openFragment();

  window.addEventListener("hashchange", openFragment);
  window.addEventListener("storage", (event) => {
    if (event.key === store.key || event.key === null) reload();
  });
  // A page that comes back out of the browser's cache has missed what was typed on others.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) reload();
  });

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
    const copying = make(
      "div",
      { class: "rb-actions", role: "group", "aria-label": "Take the template away" },
      copyButton("Copy rich text", "rich", { class: "rb-button rb-primary" }),
      copyButton("Copy Markdown", "markdown"),
      copyButton("Copy plain text", "text"),
      linkButton,
    );
    const clearing = make("div", { class: "rb-buttons" }, makeButton("Reset", reset), makeButton("Erase what I typed", erase));
    const controls = [status.element, shared, form.element, kept, clearing, notice.element, copying, ...toggles()];
    if (!placeholders.length) for (const each of [form.element, kept, clearing, bar.element.firstChild]) each.hidden = true;

    // A template without placeholders has no list of fields to replace.
    const notes = panel.querySelector(":scope > .rb-notes");
    const place = panel.querySelector(".rb-fields") ?? panel.insertBefore(make("div"), notes);
    place.replaceWith(...controls);
    addDownloads();
    panel.append(bar.element);
  }

  function toggles() {
    const pressing = (className) => (pressed) => template.classList.toggle(className, pressed);
    const buttons = [];
    if (template.querySelector(".rb-added, .rb-replaced") || document.querySelector("section.rb-changes")) {
      buttons.push(makeToggle("Show changes", pressing("rb-show-changes")));
    }
    if (template.querySelector(".rb-origin")) {
      buttons.push(makeToggle("Show where lines come from", pressing("rb-show-origins")));
    }
    return buttons.length ? [make("div", { class: "rb-buttons rb-toggles" }, ...buttons)] : [];
  }

  /** The static files hold the defaults; these hold what is filled in. Formats that only Sphinx can write stay. */
  function addDownloads() {
    const place = panel.querySelector(".rb-downloads") ?? panel.appendChild(make("p", { class: "rb-downloads" }));
    const links = [...place.querySelectorAll("a")];
    const buttons = [];
    for (const [label, suffix, type, content] of [
      ["Markdown", ".md", "text/markdown", markdown],
      ["Plain text", ".txt", "text/plain", text],
      ["HTML", ".html", "text/html", htmlDocument],
      ["JSON", ".json", "application/json", json],
    ]) {
      buttons.push(makeButton(label, () => saveFile(data.file + suffix, type, content(data, state.values()))));
      const replaced = links.findIndex((link) => link.getAttribute("href").endsWith(suffix));
      if (replaced >= 0) links.splice(replaced, 1);
    }
    place.replaceChildren("Download: ", ...buttons, ...links);
  }

  function addSectionTools() {
    const labels = { rich: "Rich text", markdown: "Markdown", text: "Plain text" };
    const sections = [template, ...template.querySelectorAll(".rb-section")];
    headedBlocks(data).forEach((blocks, index) => {
      const heading = sections[index].querySelector("h1, h2, h3, h4, h5, h6");
      const label = index ? "Copy section" : "Copy opening";
      const [[, title]] = data.leaves.text[blocks[0]];
      const copy = (format, opener) => copyBlocks(format, blocks, opener);
      heading.after(buildSectionTools(`rb-copy-${index}`, label, title.join(""), labels, copy));
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
    const left = unfilled().length;
    status.count(placeholders.length ? (left ? `${left} left to fill in` : "All filled in") : "");
    bar.count(left ? `${left} left` : "All filled");
    form.mark(values);
    shared.hidden = !state.isShared();
    notice.close(); // what it said may no longer hold
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
