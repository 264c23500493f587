// An interview kit's page: choose a level and a specialisation, see what its loop asks, take its files.
import { make } from "./dom.js";

/**
 * @typedef {object} KitData
 * @property {string[]} cards ids of the elements that name the questions and samples
 * @property {Record<string, [string, string][]>} choices by axis: ids and names of its variants
 * @property {string} folder where the files lie
 * @property {[string, string][]} files the ends of their names, and what links to them say
 * @property {Record<string, Loop>} loops by choice
 * @property {string} variant the one that the page is for; empty if it is for all
 */

/**
 * @typedef {object} Loop
 * @property {number[]} asked the places of the cards that are asked
 * @property {number[]} reserve those of the cards that could be asked instead
 * @property {number[]} stages the places of its rows in the table of stages
 * @property {number[]} required those of its must-haves in their table
 */

const NAMES = { level: "Level", specialisation: "Specialisation" };

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
    make("p", {}, make("label", { for: select.id }, NAMES[axis] ?? axis), select),
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
    const stem = stemOf(Object.keys(data.choices).map((axis) => selects.get(axis)?.value ?? data.variant));
    status.textContent = showCards(data, selects.get("level")?.value === "" ? undefined : data.loops[stem]);
    links.replaceChildren(...(data.loops[stem] ? fileLinks(data, stem) : []));
    links.hidden = !data.loops[stem];
    const search = new URLSearchParams(location.search);
    for (const [axis, id] of chosen) id ? search.set(axis, id) : search.delete(axis);
    const query = search.toString();
    history.replaceState(null, "", `${location.pathname}${query ? `?${query}` : ""}${location.hash}`);
  };
  form.addEventListener("change", show);
  show();
}

/**
 * The name that the files of a choice have in common: its ids, with hyphens between them.
 *
 * @param {string[]} ids in the order of the axes; empty ones are not chosen
 */
function stemOf(ids) {
  return ids.filter(Boolean).join("-") || "any";
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
    make("a", { href: `${data.folder}${stem}${end}`, class: "rb-kit-file" }, label.charAt(0).toUpperCase() + label.slice(1)),
    " ",
  ]);
}

/**
 * Show the cards of a loop, those in reserve after a mark; all of them if there is no loop.
 *
 * @param {KitData} data
 * @param {Loop | undefined} loop
 * @returns {string} what is shown
 */
function showCards(data, loop) {
  const asked = new Set(loop?.asked);
  const reserve = new Set(loop?.reserve);
  showRows(".rb-loop", loop?.stages);
  showRows(".rb-must-haves", loop?.required);
  data.cards.forEach((id, place) => {
    const card = document.getElementById(id)?.closest(".rb-question, .rb-question-link");
    if (!card) return;
    card.hidden = Boolean(loop) && !asked.has(place) && !reserve.has(place);
    card.classList.toggle("rb-asked", asked.has(place));
    card.querySelector(".rb-kit-mark")?.remove();
    if (loop && !card.hidden) {
      const mark = make("span", { class: "rb-kit-mark" }, asked.has(place) ? "Asked in this loop" : "In reserve");
      (card.querySelector(".rb-kit-facts") ?? card.querySelector("p")).prepend(mark, " ");
    }
  });
  for (const section of document.querySelectorAll(":is(.rb-competency, .rb-samples)")) {
    section.hidden = Boolean(loop) && !section.querySelector(".rb-question:not([hidden])");
  }
  if (!loop) return `All ${data.cards.length} questions and work samples. Choose a level for its loop and its files.`;
  const left = data.cards.length - asked.size - reserve.size;
  return `This loop asks ${asked.size} and keeps ${reserve.size} in reserve; ${left} for other choices are hidden.`;
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
