// The notes that go with a choice of variants.
import assert from "node:assert/strict";
import { test } from "node:test";
import { composedNotes } from "../../ext/rolebook/static/compose.js";

const line = (text) => [["paragraph", [text]]];
const data = {
  notes: [{ section: "pay", items: line("role") }],
  variants: [
    {
      axis: "jurisdiction",
      id: "fr",
      notes: [
        { section: null, kind: "pay", items: line("law") },
        { section: "pay", items: line("advice") },
        { section: null, items: line("first") },
      ],
    },
  ],
};
const sections = [
  { id: "work", kind: "other" },
  { id: "pay", kind: "pay" },
  { id: "bonus", kind: "pay" },
];
const notes = (choice, of) => composedNotes(data, choice, of).map(({ section, items: [[, [text]]] }) => [section, text]);

test("the law is a note to the first section on pay, after the role's own and before the variant's", () => {
  assert.deepEqual(notes({ jurisdiction: "fr" }, sections), [
    [null, "first"],
    ["pay", "role"],
    ["pay", "law"],
    ["pay", "advice"],
  ]);
});

test("where no section is on pay, the law is a note to the whole template", () => {
  assert.deepEqual(notes({ jurisdiction: "fr" }, sections.slice(0, 1)), [
    [null, "law"],
    [null, "first"],
  ]);
});

test("without a jurisdiction there is no law", () => {
  assert.deepEqual(notes({}, sections), [["pay", "role"]]);
});
