// The details that a format asks for apart from the text; what it makes of them is compared with Python's in tests/parity.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { shaped } from "../../ext/rolebook/static/shapes.js";

const cases = readFileSync(new URL("../parity/cases.jsonl", import.meta.url), "utf-8").split("\n");
const shapes = JSON.parse(cases.filter(Boolean).map((line) => JSON.parse(line)).find(({ kind }) => kind === "shapes").expected);

const placeholder = (name, detail = null) => ({ name, label: name, detail, choices: [], codes: [] });

function page(placeholders, variants = {}) {
  const leaves = { "": [["title", ["Engineer"]]] };
  const template = { language: "en", variants, summary: [], sections: [], placeholders };
  const joins = { html: { between: "" }, text: { between: "\n" } };
  return { template, leaves: { text: leaves, html: leaves }, blocks: [""], joins };
}

function apart(format, data, values) {
  return shaped(format, data, values, shapes).details.map(({ id }) => id);
}

test("a format asks for all that it uses and nothing else, in the order of the details", () => {
  for (const [format, { uses }] of Object.entries(shapes.formats)) {
    const asked = apart(format, page([]), {});
    assert.deepEqual(asked, shapes.details.map(({ id }) => id).filter((id) => uses.includes(id)));
  }
});

test("a detail stays when it is given, so that it can be changed", () => {
  const given = { country: "DE", "date-posted": "2026-11-21" };
  assert.deepEqual(apart("jobposting", page([]), given), apart("jobposting", page([]), {}));
});

test("what a placeholder stands for is not asked for again", () => {
  const data = page([placeholder("company", "company-name"), placeholder("City"), placeholder("last day", "deadline")]);
  for (const values of [{}, { company: "Acme", City: "Ulm", "last day": "2026-11-21" }]) {
    const asked = apart("jobposting", data, values);
    assert.deepEqual(["company-name", "city", "deadline"].filter((id) => asked.includes(id)), []);
  }
});

test("what a placeholder says in words is asked for as the format needs it, also once it is given", () => {
  const data = page([placeholder("last day", "deadline")]);
  const words = { "last day": "end of May" };
  assert.ok(apart("jobposting", data, words).includes("deadline"));
  assert.ok(apart("jobposting", data, { ...words, deadline: "2027-05-31" }).includes("deadline"));
  assert.ok(!apart("lever", data, words).includes("deadline"), "Lever has no place for it");
});

test("a placeholder that bears a detail's id takes the value itself, whatever it stands for", () => {
  assert.ok(!apart("jobposting", page([placeholder("currency", "currency")]), { currency: "€" }).includes("currency"));
  assert.ok(!apart("jobposting", page([placeholder("city", "region")]), {}).includes("city"));
});

test("a chosen variant says where the work is done", () => {
  assert.ok(!apart("ashby", page([], { arrangement: "remote" }), {}).includes("arrangement"));
  assert.ok(apart("ashby", page([], { arrangement: "night-shift" }), {}).includes("arrangement"));
  const belied = page([placeholder("place of work", "arrangement")], { arrangement: "remote" });
  assert.ok(apart("ashby", belied, { "place of work": "hybrid" }).includes("arrangement"));
});
