// What the reader typed: kept in this browser for the whole handbook, carried by links, sent nowhere.
import { filledText, normalise } from "./fill.js";

/**
 * @typedef {import("./fill.js").Placeholder} Placeholder
 * @typedef {import("./fill.js").Value} Value
 * @typedef {import("./fill.js").Values} Values
 * @typedef {{values: Values, ignored: boolean}} Accepted what could be used, and whether anything was left out
 */

const FRAGMENT_START = "#fill=";
const LONGEST_SHARED_VALUE = 200_000;

/**
 * The value as this placeholder can show it, or undefined where it does not fit.
 *
 * @param {Placeholder} placeholder
 * @param {unknown} value
 * @returns {Value | undefined}
 */
export function acceptValue({ choices, multiple }, value) {
  if (!isValue(value) || (Array.isArray(value) && !multiple)) return undefined;
  if (!choices.length) return value;
  const given = [value].flat().map(normalise).filter(Boolean);
  const picked = choices.filter((choice) => given.includes(choice));
  if (given.length && !picked.length) return undefined;
  return multiple ? picked : (picked[0] ?? "");
}

/**
 * The values that this template's placeholders can show.
 *
 * @param {Placeholder[]} placeholders
 * @param {Record<string, unknown>} candidates
 * @returns {Accepted}
 */
export function acceptValues(placeholders, candidates) {
  const values = emptyValues();
  for (const placeholder of placeholders) {
    const { name } = placeholder;
    const value = Object.hasOwn(candidates, name) ? acceptValue(placeholder, candidates[name]) : undefined;
    if (value !== undefined) values[name] = value;
  }
  return { values, ignored: Object.keys(candidates).some((name) => !(name in values)) };
}

/**
 * The values as the fragment of a link.
 *
 * @param {Values} values
 * @returns {string}
 */
export function writeFragment(values) {
  let binary = "";
  // One byte at a time: spreading a long value into one call would exceed the number of arguments allowed.
  for (const byte of new TextEncoder().encode(JSON.stringify(values))) binary += String.fromCharCode(byte);
  return FRAGMENT_START + btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/**
 * The values in a link's fragment; null where it is an ordinary anchor. A stranger may have written it.
 *
 * @param {string} fragment with its "#"
 * @param {Placeholder[]} placeholders
 * @returns {Accepted | null}
 */
export function readFragment(fragment, placeholders) {
  if (!fragment.startsWith(FRAGMENT_START)) return null;
  try {
    const base64 = fragment.slice(FRAGMENT_START.length).replaceAll("-", "+").replaceAll("_", "/");
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const parsed = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (!isRecord(parsed)) throw new TypeError("not an object");
    const candidates = emptyValues();
    for (const [name, value] of Object.entries(parsed)) candidates[name] = isShort(value) ? value : null;
    return acceptValues(placeholders, candidates);
  } catch {
    return { values: emptyValues(), ignored: true };
  }
}

/**
 * The values of a handbook in the browser's storage. Where that is refused or full, they live in memory.
 *
 * @param {() => Storage} getStorage a function, because merely naming `localStorage` may throw
 * @param {string} handbook
 */
export function openStore(getStorage, handbook) {
  const key = `rolebook:${handbook}`;
  /** @type {Values | null} */
  let memory = null;
  return {
    key,

    /** @returns {Values} every usable value, those of other templates too */
    read() {
      if (memory) return memory;
      const values = emptyValues();
      try {
        const stored = JSON.parse(getStorage().getItem(key) ?? "{}");
        for (const name of Object.keys(stored)) if (isValue(stored[name])) values[name] = stored[name];
      } catch {
        // Unreadable is as good as empty: the next edit writes it anew.
      }
      return values;
    },

    /**
     * @param {Values} values
     * @returns {boolean} whether they will outlive the page
     */
    write(values) {
      try {
        getStorage().setItem(key, JSON.stringify(values));
        memory = null;
      } catch {
        memory = values;
      }
      return memory === null;
    },

    erase() {
      memory = null;
      try {
        getStorage().removeItem(key);
      } catch {
        memory = emptyValues();
      }
    },
  };
}

/**
 * What the page shows: the defaults, over them what the reader typed, over that what a link brought.
 *
 * @param {{placeholders: Placeholder[], values: Values}} template
 * @param {ReturnType<typeof openStore>} store
 */
export function createState({ placeholders, values: defaults }, store) {
  let own = store.read();
  /** @type {Values | null} */
  let shared = null;

  const current = () => Object.assign(emptyValues(), defaults, acceptValues(placeholders, own).values, shared);

  return {
    values: current,

    /** Whether values from a link are shown that the reader has not made their own. */
    isShared: () => shared !== null,

    /**
     * The reader edits a field. What a link brought becomes theirs with it, for that is what they saw and went on from.
     *
     * @param {string} name
     * @param {Value} value
     * @returns {boolean} whether the value will outlive the page
     */
    edit(name, value) {
      own = Object.assign(emptyValues(), own, shared);
      own[name] = value;
      shared = null;
      return store.write(own);
    },

    /** @param {Values} values from a link; with none, the reader's own are shown again */
    showShared(values) {
      shared = Object.keys(values).length ? values : null;
    },

    /** Another tab has written. */
    reload() {
      own = store.read();
    },

    /** Back to the defaults in this template; what is typed for others stays. */
    reset() {
      own = Object.assign(emptyValues(), own);
      for (const { name } of placeholders) delete own[name];
      shared = null;
      store.write(own);
    },

    /** Nothing typed is kept any more, in the whole handbook. */
    erase() {
      own = emptyValues();
      shared = null;
      store.erase();
    },

    /** What a link must carry: all that is filled, and the defaults that were taken out. */
    forLink() {
      const values = current();
      const link = emptyValues();
      for (const { name, multiple } of placeholders) {
        if (filledText(values, name)) link[name] = values[name];
        else if (filledText(defaults, name)) link[name] = multiple ? [] : "";
      }
      return link;
    },
  };
}

/**
 * An object without inherited names, because a placeholder may be called "constructor" or "__proto__".
 *
 * @returns {Values}
 */
function emptyValues() {
  return Object.create(null);
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * @param {unknown} value
 * @returns {value is Value}
 */
function isValue(value) {
  return typeof value === "string" || (Array.isArray(value) && value.every((each) => typeof each === "string"));
}

/**
 * @param {unknown} value
 * @returns {boolean}
 */
function isShort(value) {
  return isValue(value) && [value].flat().join("").length <= LONGEST_SHARED_VALUE;
}
