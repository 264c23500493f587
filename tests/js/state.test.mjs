import assert from "node:assert/strict";
import { test } from "node:test";
import { acceptValue, acceptValues, createState, openStore, readFragment, writeFragment } from "../../ext/rolebook/static/state.js";
import { pageData } from "./data.mjs";

const { template } = pageData();
const { placeholders } = template;
const [company, cloud, contract] = placeholders;
const plain = (values) => JSON.parse(JSON.stringify(values));
const encode = (content) => `#fill=${Buffer.from(content).toString("base64url")}`;
const read = (content) => readFragment(encode(content), placeholders);

function fakeStorage(content = {}) {
  const items = new Map(Object.entries(content));
  return {
    items,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

function open(content) {
  const storage = fakeStorage(content === undefined ? {} : { "rolebook:test": content });
  const state = createState(template, openStore(() => storage, "test"));
  const stored = () => (storage.items.has("rolebook:test") ? JSON.parse(storage.items.get("rolebook:test")) : null);
  return { state, stored, storage };
}

test("acceptValue: what fits", () => {
  assert.equal(acceptValue(company, " as typed "), " as typed ");
  assert.equal(acceptValue(contract, " Full-time"), "Full-time");
  assert.equal(acceptValue(contract, ""), "");
  assert.deepEqual(acceptValue(cloud, ["Azure", "AWS", "AWS"]), ["AWS", "Azure"]);
  assert.deepEqual(acceptValue(cloud, ["AWS", "Oracle"]), ["AWS"]);
  assert.deepEqual(acceptValue(cloud, "AWS"), ["AWS"]);
  assert.deepEqual(acceptValue(cloud, []), []);
});

test("acceptValue: what does not", () => {
  for (const value of [null, undefined, 1, true, {}, [1], ["a", null], [["a"]], ["Acme"]]) {
    assert.equal(acceptValue(company, value), undefined, JSON.stringify(value));
  }
  assert.equal(acceptValue(contract, "Sometimes"), undefined);
  assert.deepEqual(acceptValue(cloud, ["Oracle"]), undefined);
});

test("acceptValues takes known names only, and says when something is left out", () => {
  assert.deepEqual(plain(acceptValues(placeholders, { company: "Acme" })), { values: { company: "Acme" }, ignored: false });
  assert.deepEqual(plain(acceptValues(placeholders, { company: "Acme", other: "x" })), { values: { company: "Acme" }, ignored: true });
});

test("a fragment comes back as it was written", () => {
  for (const value of [
    "Acme",
    `<img src=x onerror="alert('x')">`,
    "\u202eright to left\u200f",
    "🚀 ÿ \u2028 \ud800",
    ">>>???~~~",
    "x".repeat(100_000),
    "",
  ]) {
    const fragment = writeFragment({ company: value, cloud: ["GCP"] });
    assert.match(fragment, /^#fill=[A-Za-z0-9_-]+$/);
    assert.deepEqual(plain(readFragment(fragment, placeholders)), { values: { cloud: ["GCP"], company: value }, ignored: false });
  }
});

test("an ordinary anchor is none of ours", () => {
  for (const anchor of ["", "#", "#responsibilities", "#fill", "#filling=x"]) assert.equal(readFragment(anchor, placeholders), null);
});

test("a malformed fragment gives nothing, and says so", () => {
  const malformed = [
    "#fill=",
    "#fill=%%%",
    "#fill=a",
    "#fill=é",
    `#fill=${Buffer.from([0xff, 0xfe]).toString("base64url")}`,
    ...["", "{", "null", "[]", '["company"]', '"company"', "1", "[".repeat(50_000)].map(encode),
  ];
  for (const fragment of malformed) {
    assert.deepEqual(plain(readFragment(fragment, placeholders)), { values: {}, ignored: true }, fragment.slice(0, 40));
  }
});

test("a fragment's unusable values are left out, the others stay", () => {
  for (const [name, value] of [
    ["other", "x"],
    ["__proto__", { company: "x" }],
    ["constructor", "x"],
    ["contract", "Sometimes"],
    ["contract", ["Full-time"]],
    ["cloud", [["AWS"]]],
    ["cloud", { 0: "AWS" }],
    ["cloud", null],
  ]) {
    const content = `{"company": "Acme", ${JSON.stringify(name)}: ${JSON.stringify(value)}}`;
    assert.deepEqual(plain(read(content)), { values: { company: "Acme" }, ignored: true }, content);
  }
  assert.equal(Object.getPrototypeOf(read("{}").values), null);
});

test("a fragment's value may have 200,000 characters and no more", () => {
  assert.equal(read(JSON.stringify({ company: "x".repeat(200_000) })).ignored, false);
  assert.deepEqual(plain(read(JSON.stringify({ company: "x".repeat(200_001) }))), { values: {}, ignored: true });
});

test("storage: garbage is survived", () => {
  for (const garbage of ["", "{", "null", "1", "[1]", '{"company": 1, "cloud": [2]}', '{"contract": "Sometimes"}']) {
    const { state } = open(garbage);
    assert.deepEqual(plain(state.values()), { cloud: ["AWS"] }, garbage);
    assert.equal(state.edit("company", "Acme"), true);
    assert.equal(state.values().company, "Acme");
  }
});

test("storage: one that throws leaves the values in memory", () => {
  const refuse = () => {
    throw new DOMException("refused", "SecurityError");
  };
  const full = { getItem: () => '{"company": "Old"}', setItem: refuse, removeItem: refuse };
  for (const getStorage of [refuse, () => null, () => full]) {
    const state = createState(template, openStore(getStorage, "test"));
    assert.equal(state.edit("company", "Acme"), false);
    state.reload();
    assert.equal(state.values().company, "Acme");
    state.erase();
    state.reload();
    assert.equal(state.values().company, undefined);
  }
});

test("what other templates stored is kept, whatever its name", () => {
  const { state, stored } = open('{"other": "x", "contract": "Sometimes", "__proto__": "y"}');
  state.edit("company", "Acme");
  assert.equal(stored().other, "x");
  assert.equal(stored().contract, "Sometimes");
  assert.equal(Object.entries(stored()).find(([name]) => name === "__proto__")[1], "y");
  state.reset();
  assert.equal(stored().other, "x");
});

test("an emptied default stays empty until it is reset", () => {
  const { state, stored } = open();
  state.edit("cloud", []);
  assert.deepEqual(state.values().cloud, []);
  state.reset();
  assert.deepEqual(state.values().cloud, ["AWS"]);
  assert.deepEqual(stored(), {});
});

test("a link's values are shown over the stored ones, which stay until an edit", () => {
  const { state, stored } = open('{"company": "Mine", "contract": "Full-time"}');
  state.showShared({ company: "Theirs" });
  assert.deepEqual(plain(state.values()), { cloud: ["AWS"], company: "Theirs", contract: "Full-time" });
  assert.equal(state.isShared(), true);
  assert.equal(stored().company, "Mine");
  state.showShared({});
  assert.equal(state.isShared(), false);
  assert.equal(state.values().company, "Mine");
  state.showShared({ company: "Theirs" });
  state.edit("contract", "Part-time");
  assert.equal(state.isShared(), false);
  assert.deepEqual(stored(), { company: "Theirs", contract: "Part-time" });
});

test("erase takes everything of the handbook", () => {
  const { state, storage } = open('{"company": "Mine", "other": "x"}');
  storage.setItem("rolebook:another", "{}");
  state.showShared({ company: "Theirs" });
  state.erase();
  assert.deepEqual(plain(state.values()), { cloud: ["AWS"] });
  assert.deepEqual([...storage.items.keys()], ["rolebook:another"]);
});

test("another tab's values come in with a reload", () => {
  const { state, storage } = open();
  storage.setItem("rolebook:test", '{"company": "Acme"}');
  state.reload();
  assert.equal(state.values().company, "Acme");
});

test("a link carries what is filled, and the defaults that were taken out", () => {
  const { state } = open('{"other": "x", "company": " "}');
  assert.deepEqual(plain(state.forLink()), { cloud: ["AWS"] });
  state.edit("cloud", []);
  state.edit("company", "Acme");
  assert.deepEqual(plain(state.forLink()), { cloud: [], company: "Acme" });
});
