// Every case that Python has answered (see generate.py), put to the page's modules.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { htmlDocument, htmlFragment, json, markdown, text } from "../../ext/rolebook/static/exports.js";
import { escapeHtml, escapeMarkdown, escapeText, fill, joinChoices, normalise, slug, unfilledForm } from "../../ext/rolebook/static/fill.js";
import { composeSections } from "../../ext/rolebook/static/patch.js";

const lines = readFileSync(new URL("cases.jsonl", import.meta.url), "utf-8").trimEnd().split("\n");
const cases = lines.map((line) => JSON.parse(line));
const pages = new Map(cases.filter((each) => each.kind === "page").map((each) => [each.page, each.expected]));

const escapes = {
  markdown: { value: escapeMarkdown, blank: escapeText },
  text: { value: escapeText, blank: escapeText },
  html: { value: escapeHtml, blank: escapeHtml },
};
const exporters = { markdown, text, html: htmlFragment, document: htmlDocument, json };

const answers = {
  patch: ({ sections, operations }) => composeSections(sections, operations),
  name: (placeholder) => ({ slug: slug(placeholder.name), blank: unfilledForm(placeholder) }),
  normalise: ({ value }) => normalise(value),
  join: ({ choices }) => joinChoices(choices),
  fill: ({ format, parts, choices, values }) => {
    const blank = (name) => escapes[format].blank(unfilledForm({ name, choices: choices[name] }));
    return fill(parts, values, escapes[format].value, blank);
  },
  export: ({ page, format, values, blocks }) => exporters[format](pages.get(page), values, blocks ?? undefined),
};

cases.forEach((each, index) => {
  if (each.kind === "page") return; // what the exports are made from
  const format = each.format ? ` as ${each.format}` : "";
  test(`line ${index + 1}: ${each.kind}${format}: ${each.about}`, () => {
    assert.deepEqual(answers[each.kind](each), each.expected);
  });
});
