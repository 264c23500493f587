// The search page: asks Pagefind's index, which lies in pagefind/ at the site's root.
"use strict";

/** How many results are shown at first, and how many more each time a reader asks: with each comes its page's text. */
const FIRST = 5;
const MORE = 10;

/** Words that tell nothing of what is looked for; each would cost a part of the index. */
const EMPTY_WORDS = new Set(
  `a an and are as at be by can do does for from how i in is it me my of on or our should so that the their there this to
  us was we were what when where which who why will with you your`.split(/\s+/),
);

/** How long a reader has to have paused, in milliseconds, for what they type to be searched. */
const PAUSE = 250;

const form = document.getElementById("search");
const box = form.elements.namedItem("q");
const fold = document.getElementById("search-facets");
const status_ = document.getElementById("search-status");
const meant = document.getElementById("search-meant");
const list = document.getElementById("search-results");
const more = document.getElementById("search-more");
const clear = document.getElementById("search-clear");
const links = document.getElementById("search-links");
const settings = JSON.parse(document.getElementById("search-settings").textContent);

/** The pages found; those that are shown are in the list. */
let found = [];

/** Tells the newest search from those that it overtook. */
let turn = 0;

/** Pagefind, and what it counts of the whole site by facet and value. */
let pagefind;
let all = {};
let ready = false;

/** Waits for a reader to pause. */
let timer = 0;

/**
 * An element with its attributes and children; strings become text.
 *
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} children
 * @returns {any}
 */
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/**
 * What is searched for what was typed; a text in quotation marks is searched as it is.
 *
 * @param {string} text
 * @returns {string}
 */
function wordsOf(text) {
  if (text.startsWith('"')) return text;
  const words = inPagesWords(text);
  if (!document.documentElement.lang.startsWith("en")) return words;
  const telling = words.split(/\s+/).filter((word) => !EMPTY_WORDS.has(word.toLowerCase().replace(/[?!.,]$/, "")));
  return telling.join(" ") || words;
}

/**
 * What the pages say for what was typed.
 *
 * @param {string} text
 * @returns {string}
 */
function inPagesWords(text) {
  const words = new Map(Object.entries(settings.words).map(([typed, said]) => [typed.toLowerCase(), said]));
  if (!words.size) return text;
  const typed = [...words.keys()]
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(${typed.join("|")})s?(?![\\p{L}\\p{N}])`, "giu");
  return text.replace(pattern, (_, word) => words.get(word.toLowerCase()));
}

/**
 * An excerpt as text in which only Pagefind's marks are elements.
 *
 * @param {string} html
 * @returns {(Node | string)[]}
 */
function excerptOf(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  return [...body.childNodes].map((node) =>
    node.nodeName === "MARK" ? make("mark", {}, node.textContent) : node.textContent,
  );
}

/** Make a group of checkboxes for each facet, of all the values that the index knows. */
function makeFacets() {
  for (const [facet, order] of settings.facets) {
    const place = (value) => order.indexOf(value) >>> 0;
    const { compare } = new Intl.Collator(document.documentElement.lang || undefined);
    const values = Object.keys(all[facet] ?? {}).sort((a, b) => place(a) - place(b) || compare(a, b));
    const boxes = values.map((value) => {
      const box = make("input", { type: "checkbox", name: facet, value, autocomplete: "off" });
      return make("label", {}, box, " ", make("span", {}, value), " ", make("span", { class: "count" }));
    });
    const legend = make("legend", {}, facet[0].toUpperCase() + facet.slice(1));
    clear.before(make("fieldset", {}, legend, make("div", {}, ...boxes)));
  }
}

/**
 * Write how many pages each choice would find; one that finds none is not offered.
 *
 * @param {Record<string, Record<string, number>>} counts by facet and value
 */
function showCounts(counts) {
  for (const group of fold.querySelectorAll("fieldset")) {
    for (const label of group.querySelectorAll("label")) {
      const { name, value, checked } = label.control;
      const count = counts[name]?.[value] ?? 0;
      label.lastChild.textContent = `(${count})`;
      label.hidden = !count && !checked;
    }
    group.hidden = !group.querySelector("label:not([hidden])");
  }
}

/**
 * The chosen values by facet.
 *
 * @returns {Map<string, string[]>}
 */
function readChoice() {
  const choice = new Map();
  for (const { name, value } of fold.querySelectorAll("input:checked")) {
    choice.set(name, [...(choice.get(name) ?? []), value]);
  }
  return choice;
}

/** Set the form to what the address asks for, as far as there is such a thing. */
function readAddress() {
  const query = new URLSearchParams(location.search);
  box.value = query.get("q") ?? "";
  for (const each of fold.querySelectorAll("input")) each.checked = query.getAll(each.name).includes(each.value);
}

/**
 * Write what the form asks for into the address.
 *
 * @param {boolean} step whether the reader can go back to what it was before
 */
function writeAddress(step) {
  const query = new URLSearchParams(new FormData(form));
  if (!query.get("q")) query.delete("q");
  const address = new URL(location.href);
  address.search = query.toString();
  if (address.href === location.href) return;
  if (step) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}

/** Search for what the form asks for, and show what is found. */
async function search() {
  clearTimeout(timer);
  const mine = ++turn;
  const text = box.value.trim().split(/\s+/).join(" ");
  const words = wordsOf(text);
  const choice = readChoice();
  /** What to filter by: one of the values of each facet, but for a facet that is left out. */
  const filters = (without) =>
    Object.fromEntries([...choice].filter(([facet]) => facet !== without).map(([facet, any]) => [facet, { any }]));
  let results = [];
  let counts = all;
  if (words || choice.size) {
    const answer = await pagefind.search(words || settings.any, { filters: filters() });
    results = answer.results;
    counts = { ...answer.filters };
    // Another value of the same facet would add pages, so it is counted as if none were chosen.
    for (const facet of choice.keys()) {
      const others = await pagefind.search(words || settings.any, { filters: filters(facet) });
      counts[facet] = others.filters[facet];
    }
  }
  const portion = await load(results.slice(0, FIRST));
  if (mine !== turn) return;
  found = results;
  showCounts(counts);
  list.replaceChildren(...portion);
  more.hidden = portion.length === found.length;
  clear.hidden = !choice.size;
  meant.hidden = words === text;
  meant.textContent = `Searched for \u201c${words}\u201d. Put your words in quotation marks to have them searched as they are.`;
  links.hidden = found.length > 0;
  status_.textContent = found.length || words || choice.size ? told(found.length) : "";
}

/** @param {number} count */
function told(count) {
  if (!count) return "No page found. These lists have everything:";
  return count === 1 ? "1 page found" : `${count} pages found`;
}

/**
 * Load what is told of pages.
 *
 * @param {any[]} results
 * @returns {Promise<Element[]>}
 */
function load(results) {
  return Promise.all(
    results.map(async (result) => {
      const { url, meta, excerpt, filters } = await result.data();
      const facts = settings.facets.flatMap(([facet]) => filters[facet] ?? []);
      return make(
        "li",
        {},
        make("a", { href: url }, meta.title),
        make("p", { class: "facts" }, facts.join(" \u00b7 ")),
        make("p", { class: "context" }, ...excerptOf(excerpt)),
      );
    }),
  );
}

/** Show more of the pages found, and go to the first of them. */
async function showMore() {
  const shown = found;
  const first = list.children.length;
  const portion = await load(shown.slice(first, first + MORE));
  // A search that was under way may have found other pages meanwhile.
  if (found !== shown || list.children.length !== first) return;
  list.append(...portion);
  more.hidden = list.children.length === found.length;
  list.children[first].querySelector("a").focus();
}

/** Load the index, then search for what the address asks for and for what is asked from then on. */
async function start() {
  form.hidden = false;
  readAddress();
  box.focus();
  status_.textContent = "Loading\u2026";
  try {
    pagefind = await import("../pagefind/pagefind.js");
    // In a worker it would be loaded twice, and the worker would need a policy of its own.
    await pagefind.options({ noWorker: true, ranking: { metaWeights: { title: 5, subject: 5, page: 0 } } });
    all = await pagefind.filters();
  } catch {
    status_.textContent = "The index of this site could not be loaded. These lists have everything:";
    return;
  }
  makeFacets();
  const typed = box.value;
  readAddress();
  box.value = typed;
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      writeAddress(false);
      search();
    }, PAUSE);
  });
  fold.addEventListener("change", () => {
    writeAddress(true);
    search();
  });
  clear.addEventListener("click", () => {
    for (const each of fold.querySelectorAll("input")) each.checked = false;
    box.focus();
    writeAddress(true);
    search();
  });
  more.addEventListener("click", showMore);
  addEventListener("popstate", () => {
    readAddress();
    search();
  });
  ready = true;
  await search();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!ready) return;
  writeAddress(true);
  search();
});
start();
