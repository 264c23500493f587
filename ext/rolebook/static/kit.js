// An interview kit's page: choose a level and a specialisation or the like, see what its loop asks, take its files.
import { make } from "./dom.js";
import { sayMissing, sayShown, standings } from "./loops.js";

/**
 * @typedef {object} KitData
 * @property {Record<string, [string, string][]>} choices by axis: ids and names of its variants
 * @property {string} folder where the files lie
 * @property {[string, string][]} files the ends of their names, and what links to them say
 * @property {Record<string, import("./loops.js").Loop>} loops by choice: an id an axis, empty if none is chosen, with slashes between
 * @property {string} variant the one that the page is for; empty if it is for all
 */

/** Without this the page shows the whole kit, and links to the files of every choice. */
function startKit() {
  const source = document.getElementById("rolebook-kit");
  const box = document.querySelector(".rb-kit-files");
  if (!source || !box) return;
  /** @type {KitData} */
  const data = JSON.parse(source.textContent);
  // The page's own variant is chosen already.
  const open = Object.entries(data.choices).filter(([, variants]) => variants[0][0] !== data.variant);
  const selects = new Map(open.map(([axis, variants]) => [axis, buildSelect(axis, variants)]));
  if (!selects.size) return;
  const links = make("p", { class: "rb-kit-links" });
  const status = make("p", { class: "rb-kit-status", role: "status" });
  const fields = [...selects].map(([axis, select]) =>
    make("p", {}, make("label", { for: select.id }, capital(axis)), select),
  );
  const form = make("div", { class: "rb-kit-form", role: "group", "aria-label": "Choose a kit" }, ...fields);
  box.replaceChildren(form, status, links);
  const address = new URLSearchParams(location.search);
  for (const [axis, select] of selects) {
    const wanted = address.get(axis) ?? "";
    if ([...select.options].some((option) => option.value === wanted)) select.value = wanted;
  }
  const show = () => {
    const chosen = [...selects].map(([axis, select]) => [axis, select.value]);
    const ids = Object.keys(data.choices).map((axis) => selects.get(axis)?.value ?? data.variant);
    const loop = data.loops[ids.join("/")];
    const special = [...selects].filter(([axis, select]) => axis !== "level" && select.value);
    const shown = showLoop(loop);
    status.textContent = special.length > 1 ? sayMissing(special.map(([, select]) => select.selectedOptions[0].text)) : shown;
    links.replaceChildren(...(loop ? fileLinks(data, loop.file) : []));
    links.hidden = !loop;
    const search = new URLSearchParams(location.search);
    for (const [axis, id] of chosen) id ? search.set(axis, id) : search.delete(axis);
    const query = search.toString();
    history.replaceState(null, "", `${location.pathname}${query ? `?${query}` : ""}${location.hash}`);
  };
  form.addEventListener("change", show);
  show();
}

/** @param {string} text */
function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * @param {string} axis
 * @param {[string, string][]} variants
 * @returns {HTMLSelectElement}
 */
function buildSelect(axis, variants) {
  const none = axis === "level" ? "All levels" : "None";
  const options = [["", none], ...variants].map(([value, name]) => make("option", { value }, name));
  return make("select", { id: `rb-kit-${axis}` }, ...options);
}

/**
 * @param {KitData} data
 * @param {string} stem
 */
function fileLinks(data, stem) {
  return data.files.flatMap(([end, label]) => [
    make("a", { href: `${data.folder}${stem}${end}`, class: "rb-kit-file" }, capital(label)),
    " ",
  ]);
}

/**
 * Show the questions of a loop, each with a mark, and what leads to them; all if there is no loop.
 *
 * @param {import("./loops.js").Loop | undefined} loop
 * @returns {string} what is shown
 */
function showLoop(loop) {
  showRows(".rb-loop", loop?.stages);
  showRows(".rb-must-haves", loop?.required);
  const cards = [...document.querySelectorAll(".rb-question, .rb-question-link")];
  const standing = standings(loop, cards.length);
  const standingOf = new Map();
  cards.forEach((card, place) => {
    markCard(card, standing[place]);
    standingOf.set(card.id || card.querySelector("[id]").id, standing[place]);
  });
  for (const line of document.querySelectorAll(".rb-must-haves li")) {
    line.hidden = standingOf.get(line.querySelector("a")?.hash.slice(1)) === "other";
  }
  for (const section of document.querySelectorAll(":is(.rb-competency, .rb-samples)")) {
    section.hidden = Boolean(loop) && !section.querySelector(".rb-question:not([hidden])");
    // What leads there: the contents of the page, and the table of coverage.
    for (const link of document.querySelectorAll(`a[href="#${CSS.escape(section.id)}"]`)) {
      const line = link.closest("li, tr");
      if (line) line.hidden = section.hidden;
    }
  }
  for (const list of document.querySelectorAll(".rb-elsewhere > ul")) {
    list.hidden = !list.querySelector(":scope > :not([hidden])");
    list.previousElementSibling.hidden = list.hidden;
  }
  for (const section of document.querySelectorAll(".rb-elsewhere")) {
    section.hidden = !section.querySelector(":scope > ul:not([hidden])");
  }
  return sayShown(standing);
}

/**
 * @param {HTMLElement} card of a question or a sample, or the line that links to one
 * @param {string} standing see {@link standings}
 */
function markCard(card, standing) {
  card.hidden = standing === "other";
  card.classList.toggle("rb-asked", standing === "asked");
  card.querySelector(".rb-kit-mark")?.remove();
  if (standing === "asked" || standing === "reserve") {
    const mark = make("span", { class: "rb-kit-mark" }, standing === "asked" ? "Asked in this loop" : "In reserve");
    (card.querySelector(".rb-kit-facts") ?? card.querySelector("p")).prepend(mark, " ");
  }
}

/**
 * @param {string} section whose table it is
 * @param {number[] | undefined} places of the rows to show; all if there are none to choose
 */
function showRows(section, places) {
  document.querySelectorAll(`${section} tbody tr`).forEach((row, place) => {
    row.hidden = places !== undefined && !places.includes(place);
  });
}

startKit();
