import assert from "node:assert/strict";
import { test } from "node:test";
import { composeSections } from "../../ext/rolebook/static/patch.js";

const item = (id, text = id) => ({ id, kind: "bullet", text });
const section = (id, ...items) => ({ id, title: id, group: null, kind: "other", items });
const patch = (fields) => ({ op: "patch", section: "duties", title: null, drop: false, remove: [], after: null, items: [], ...fields });
const duties = section("duties", item("train"), item(null, "loose"), item("own"));
const sections = [section("about"), duties, section("pay")];

const texts = (result, id = "duties") => result.find((each) => each.id === id).items.map((each) => each.text);
const ids = (result) => result.map((each) => each.id);

const patched = [
  ["nothing", {}, ["train", "loose", "own"]],
  ["a known id replaces in place", { items: [item("train", "new")] }, ["new", "loose", "own"]],
  ["new items go to the end in order", { items: [item("a"), item("b")] }, ["train", "loose", "own", "a", "b"]],
  ["new items go behind `after` in order", { after: "train", items: [item("a"), item("b")] }, ["train", "a", "b", "loose", "own"]],
  ["an absent `after` means the end", { after: "nowhere", items: [item("a")] }, ["train", "loose", "own", "a"]],
  ["a removed `after` is absent", { after: "train", remove: ["train"], items: [item("a")] }, ["loose", "own", "a"]],
  ["an absent id to remove is ignored", { remove: ["nowhere", "own"] }, ["train", "loose"]],
  ["an item without an id is always new", { items: [item(null, "loose")] }, ["train", "loose", "own", "loose"]],
  ["a removed id can be given again, as a new item", { remove: ["train"], items: [item("train", "new")] }, ["loose", "own", "new"]],
  [
    "replacing between two new items does not part them",
    { after: "train", items: [item("a"), item("own", "new"), item("b")] },
    ["train", "a", "b", "loose", "new"],
  ],
  ["an id given twice replaces its first text", { items: [item("a", "one"), item("a", "two")] }, ["train", "loose", "own", "two"]],
];
for (const [name, fields, expected] of patched) {
  test(`patch: ${name}`, () => assert.deepEqual(texts(composeSections(sections, [patch(fields)])), expected));
}

test("patch: an absent section changes nothing", () => {
  assert.deepEqual(composeSections(sections, [patch({ section: "nowhere", drop: true, items: [item("a")] })]), sections);
});

test("patch: drop removes the section", () => {
  assert.deepEqual(ids(composeSections(sections, [patch({ drop: true })])), ["about", "pay"]);
});

test("patch: a title replaces, null keeps, an empty one is a title", () => {
  const title = (value) => composeSections(sections, [patch({ title: value })])[1].title;
  assert.equal(title("New"), "New");
  assert.equal(title(null), "duties");
  assert.equal(title(""), "");
});

test("section: goes behind another, to the end, or replaces its namesake in place", () => {
  const added = (after, id = "new") => ids(composeSections(sections, [{ op: "section", after, section: section(id) }]));
  assert.deepEqual(added("about"), ["about", "new", "duties", "pay"]);
  assert.deepEqual(added(null), ["about", "duties", "pay", "new"]);
  assert.deepEqual(added("nowhere"), ["about", "duties", "pay", "new"]);
  assert.deepEqual(added("pay", "about"), ["about", "duties", "pay"]);
});

test("operations apply in order", () => {
  const result = composeSections(sections, [
    patch({ drop: true }),
    { op: "section", after: "about", section: section("duties", item("fresh")) },
    patch({ items: [item("more")] }),
  ]);
  assert.deepEqual(texts(result), ["fresh", "more"]);
});

test("nothing given is changed", () => {
  const freeze = (value) => {
    if (value && typeof value === "object") Object.values(Object.freeze(value)).forEach(freeze);
    return value;
  };
  const operations = freeze([
    patch({ remove: ["own"], after: "train", title: "New", items: [item("train", "new"), item("a")] }),
    { op: "section", after: "about", section: section("new", item("b")) },
    patch({ section: "new", items: [item("c")] }),
  ]);
  const before = JSON.stringify(sections);
  composeSections(freeze(structuredClone(sections)), operations);
  assert.equal(JSON.stringify(sections), before);
});
