// The list of all roles: fields that filter it by family, level and the like. Without this it stands whole.
import { make } from "./dom.js";
import { countFor, facetsOf, fitsChoice, readChoice, writeChoice } from "./facets.js";

const FACET = "rb-facet-";
const RANK = "rb-rank-";

function startBrowsing() {
  document.querySelectorAll(".rb-role-index").forEach(makeBrowsable);
}

/** @param {HTMLElement} box */
function makeBrowsable(box) {
  const entries = new Map([...box.querySelectorAll(":scope > ul > li")].map((entry) => [entry, linesOf(entry)]));
  const values = new Map([...entries].map(([entry, lines]) => [entry, valuesOf(lines)]));
  const all = [...values.values()];
  const ranks = ranksOf(box);
  const facets = facetsOf(all, (facet, value) => ranks.get(`${facet} ${value}`) ?? 0);
  const groups = [...facets].map(([facet, names]) => makeGroup(facet, names));
  const status = make("p", { role: "status" });
  const clear = make("button", { class: "rb-button", type: "button" }, "Clear all filters");
  const foot = make("div", { class: "rb-browse-foot" }, status, clear);
  const form = make("div", { class: "rb-browse", role: "group", "aria-label": "Filter the roles" });
  form.append(...groups.map(({ fold }) => fold), foot);

  const choose = (choice) => {
    for (const { facet, boxes } of groups) for (const each of boxes) each.checked = choice.get(facet).includes(each.value);
  };
  const chosen = () => new Map(groups.map(({ facet, boxes }) => [facet, boxes.filter((each) => each.checked).map((each) => each.value)]));
  const show = () => {
    const choice = chosen();
    for (const [entry, lines] of entries) {
      entry.hidden = !fitsChoice(values.get(entry), choice);
      showReasons(entry, lines.get("skill") ?? [], choice.get("skill") ?? []);
    }
    for (const { facet, boxes, picked } of groups) {
      for (const each of boxes) each.nextSibling.lastChild.textContent = `(${countFor(all, choice, facet, each.value)})`;
      picked.textContent = choice.get(facet).join(", ");
    }
    const shown = [...entries.keys()].filter((entry) => !entry.hidden).length;
    clear.hidden = ![...choice.values()].some((names) => names.length);
    status.textContent = sayShown(shown, all.length);
  };

  choose(readChoice(location.search, facets));
  form.addEventListener("change", () => {
    const address = new URL(location.href);
    address.search = writeChoice(location.search, chosen());
    history.pushState(null, "", address);
    show();
  });
  clear.addEventListener("click", () => {
    choose(readChoice("", facets));
    // The button is about to go, and whoever pressed it must not be lost.
    groups[0].fold.querySelector("summary").focus();
    form.dispatchEvent(new Event("change"));
  });
  addEventListener("popstate", () => {
    choose(readChoice(location.search, facets));
    show();
  });
  box.before(form);
  show();
}

/**
 * The links of an entry, and what else is a value, by facet.
 *
 * @param {HTMLElement} entry
 * @returns {Map<string, HTMLElement[]>}
 */
function linesOf(entry) {
  const lines = [...entry.querySelectorAll(".rb-facet")];
  return new Map(
    lines.map((line) => [facetOf(line), [...line.querySelectorAll("a, .rb-value")]]),
  );
}

/** @param {Element} line of an entry */
function facetOf(line) {
  return [...line.classList].find((each) => each.startsWith(FACET)).slice(FACET.length);
}

/**
 * The places of values in the order of their facet, by both; a role need not have all that lie between.
 *
 * @param {HTMLElement} box
 * @returns {Map<string, number>}
 */
function ranksOf(box) {
  const ranked = [...box.querySelectorAll(`[class^="${RANK}"]`)];
  return new Map(
    ranked.map((each) => [
      `${facetOf(each.closest(".rb-facet"))} ${each.textContent.trim()}`,
      Number(each.className.slice(RANK.length)),
    ]),
  );
}

/** @param {Map<string, HTMLElement[]>} lines */
function valuesOf(lines) {
  return new Map([...lines].map(([facet, elements]) => [facet, elements.map((each) => each.textContent.trim())]));
}

/**
 * A group of checkboxes behind its name, which also says what is chosen.
 *
 * @param {string} facet
 * @param {string[]} names
 */
function makeGroup(facet, names) {
  const { compare } = new Intl.Collator(document.documentElement.lang || undefined);
  // Levels have an order of their own; there are many skills, which are looked up.
  const ordered = facet === "skill" ? [...names].sort(compare) : names;
  const boxes = ordered.map((value) => make("input", { type: "checkbox", name: facet, value, autocomplete: "off" }));
  const labels = boxes.map((each) => make("label", {}, each, make("span", {}, `${each.value} `, make("span", { class: "rb-browse-count" }))));
  const picked = make("span", { class: "rb-picked" });
  const title = facet[0].toUpperCase() + facet.slice(1);
  const fold = make(
    "details",
    {},
    make("summary", {}, `${title} `, picked),
    make("div", { role: "group", "aria-label": title }, ...labels),
  );
  return { facet, boxes, picked, fold };
}

/**
 * Say in an entry which of the chosen skills it is shown for; the others are folded in among many.
 *
 * @param {HTMLElement} entry
 * @param {HTMLElement[]} skills
 * @param {string[]} chosen
 */
function showReasons(entry, skills, chosen) {
  entry.querySelector(".rb-reasons")?.remove();
  const found = skills.filter((each) => chosen.includes(each.textContent.trim()));
  if (!found.length) return;
  const links = found.flatMap((each, place) => (place ? [", ", each.cloneNode(true)] : [each.cloneNode(true)]));
  entry.querySelector(".rb-entry-facts").append(make("p", { class: "rb-reasons" }, "Asks for ", ...links));
}

/**
 * @param {number} shown
 * @param {number} count of all
 */
function sayShown(shown, count) {
  if (shown === count) return `All ${count} roles`;
  return shown ? `${shown} of ${count} roles` : `None of ${count} roles fits all of this`;
}

startBrowsing();
