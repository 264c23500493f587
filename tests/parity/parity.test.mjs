// Every case that Python has answered (see generate.py), put to the page's modules.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { compare, wordsOf } from "../../ext/rolebook/static/changes.js";
import { cellRuns, compareAll, isSame } from "../../ext/rolebook/static/comparison.js";
import { docx } from "../../ext/rolebook/static/docx.js";
import { htmlDocument, htmlFragment, json, markdown, text } from "../../ext/rolebook/static/exports.js";
import { escapeHtml, escapeMarkdown, escapeText, fill, joinChoices, normalise, slug, unfilledForm } from "../../ext/rolebook/static/fill.js";
import { composeSections } from "../../ext/rolebook/static/patch.js";
import { readRuns } from "../../ext/rolebook/static/runs.js";
import { shaped } from "../../ext/rolebook/static/shapes.js";
import { readValue } from "../../ext/rolebook/static/vacancy.js";

const wordShell = JSON.parse(readFileSync(new URL("../../ext/rolebook/exports/word.json", import.meta.url), "utf-8"));
const lines = readFileSync(new URL("cases.jsonl", import.meta.url), "utf-8").trimEnd().split("\n");
const cases = lines.map((line) => JSON.parse(line));
const pages = new Map(cases.filter((each) => each.kind === "page").map((each) => [each.page, each.expected]));

const shapes = JSON.parse(cases.find(({ kind }) => kind === "shapes").expected);
const sha256 = (data) => createHash("sha256").update(data).digest("hex");

const escapes = {
  markdown: { value: escapeMarkdown, blank: escapeText },
  text: { value: escapeText, blank: escapeText },
  html: { value: escapeHtml, blank: escapeHtml },
};
const exporters = { markdown, text, html: htmlFragment, document: htmlDocument, json };

const named = (part) => part && [part.id, wordsOf(part)];
const plainRow = (row) => ({
  cells: row.map(({ standing, part, was }) => [standing, named(part), named(was)]),
  runs: cellRuns(row),
  same: isSame(row),
});

const answers = {
  patch: ({ sections, operations }) => composeSections(sections, operations),
  changes: ({ base, other }) =>
    compare(base, other).map(({ kind, section, before, after }) => ({
      kind,
      section: section && section.id,
      before: named(before),
      after: named(after),
    })),
  comparison: ({ templates }) => {
    const { summary, sections } = compareAll(templates);
    return {
      summary: summary.map(plainRow),
      sections: sections.map(({ headings, rows }) => ({ headings: plainRow(headings), rows: rows.map(plainRow) })),
    };
  },
  name: (placeholder) => ({ slug: slug(placeholder.name), blank: unfilledForm(placeholder) }),
  normalise: ({ value }) => normalise(value),
  join: ({ choices }) => joinChoices(choices),
  fill: ({ format, parts, choices, values }) => {
    const blank = (name) => escapes[format].blank(unfilledForm({ name, choices: choices[name] }));
    return fill(parts, values, escapes[format].value, blank);
  },
  runs: ({ parts }) => readRuns(parts),
  docx: ({ page, values }) => sha256(docx(pages.get(page), values, wordShell)),
  reading: ({ detail, text }) => readValue(shapes.details.find(({ id }) => id === detail), text, shapes) ?? null,
  shape: ({ page, values }) => {
    const answer = (format) => {
      const { content, missing, warnings } = shaped(format, pages.get(page), values, shapes);
      return [format, { missing, warnings, content: content && sha256(content) }];
    };
    return Object.fromEntries(Object.keys(shapes.formats).map(answer));
  },
  export: ({ page, format, values, blocks }) => exporters[format](pages.get(page), values, blocks ?? undefined),
};

cases.forEach((each, index) => {
  if (each.kind === "page" || each.kind === "shapes") return; // what the exports are made from
  const format = each.format ? ` as ${each.format}` : "";
  test(`line ${index + 1}: ${each.kind}${format}: ${each.about}`, () => {
    assert.deepEqual(answers[each.kind](each), each.expected);
  });
});
