import assert from "node:assert/strict";
import { test } from "node:test";
import { escapeHtml, escapeMarkdown, escapeText, fill, filledText, joinChoices, normalise, renderBlock, slug, unfilledForm } from "../../ext/rolebook/static/fill.js";

const cases = (name, tested, table) =>
  test(name, () => {
    for (const [input, expected] of table) assert.equal(tested(input), expected, JSON.stringify(input));
  });

cases("normalise", normalise, [
  ["", ""],
  [" \t\r\n", ""],
  ["  Acme \n\n Ltd\u0085", "Acme Ltd"],
  ["a\u2028b\u2029c\x00d\x7fe\x9ff", "a b c d e f"],
  ["\u00a0no-break\u00a0", "\u00a0no-break\u00a0"],
  ["\ufeffkept\u3000", "\ufeffkept\u3000"],
  ["\u202eright to left\u200f", "\u202eright to left\u200f"],
  ["lone \ud800 and \udc00", "lone \ufffd and \ufffd"],
  ["\ud83d\ude80 pair", "🚀 pair"],
  ["\udc00\ud800", "\ufffd\ufffd"],
]);

cases("joinChoices", joinChoices, [
  [[], ""],
  [["", " "], ""],
  [[" AWS ", "", "Google\nCloud"], "AWS, Google Cloud"],
]);

cases("unfilledForm", unfilledForm, [
  [{ name: "cloud", choices: [] }, "{{ cloud }}"],
  [{ name: "contract", choices: ["Full-time", "Part-time"] }, "{{ contract: Full-time / Part-time }}"],
]);

cases("slug", slug, [
  ["company name", "company-name"],
  ["Team's  size_2", "team-s-size-2"],
  ["größe", "gr-e"],
  ["имя", ""],
]);

cases("escapeHtml", escapeHtml, [
  [`<img src=x onerror="alert('1')"> & co`, "&lt;img src=x onerror=&quot;alert(&#x27;1&#x27;)&quot;&gt; &amp; co"],
  ["&amp;", "&amp;amp;"],
]);

cases("escapeMarkdown", escapeMarkdown, [
  ["plain (text)!", "plain (text)!"],
  ["\\`*_[]{}<>&~|", "\\\\\\`\\*\\_\\[\\]\\{\\}\\<\\>\\&\\~\\|"],
  ["# title # more", "\\# title # more"],
  ["+1", "\\+1"],
  ["-5 %", "\\-5 %"],
  ["===", "\\==="],
  [":::{note}", "\\:::\\{note\\}"],
  ["2026. Q1", "2026\\. Q1"],
  ["10) ten", "10\\) ten"],
  ["10 000.", "10 000."],
  ["٣. not a list", "٣. not a list"],
  ["$& $1 $$", "$\\& $1 $$"],
]);

test("escapeText changes nothing", () => assert.equal(escapeText("<b>&"), "<b>&"));

test("filledText takes own names only", () => {
  assert.equal(filledText({}, "constructor"), "");
  assert.equal(filledText(JSON.parse('{"__proto__": " x "}'), "__proto__"), "x");
  assert.equal(filledText({ cloud: ["AWS", " "] }, "cloud"), "AWS");
  assert.equal(filledText({ cloud: [] }, "cloud"), "");
});

const parts = ["Train on ", "cloud", " at ", "company", "."];

test("fill escapes values, and neither literals nor blanks", () => {
  const blank = (name) => `<${name}>`;
  assert.equal(fill(parts, { cloud: "<b>" }, escapeHtml, blank), "Train on &lt;b&gt; at <company>.");
  assert.equal(fill(["a < b"], {}, escapeHtml, blank), "a < b");
  assert.equal(fill(["", "x", "", "x", ""], { x: " 1 " }, escapeText, blank), "11");
});

test("fill takes replacement patterns and braces in values as they are", () => {
  assert.equal(fill(parts, { cloud: "$&$1", company: "{{ cloud }}" }, escapeText, String), "Train on $&$1 at {{ cloud }}.");
});

test("fill copes with a very long value", () => {
  const long = "<a ".repeat(33_334);
  const started = performance.now();
  assert.equal(fill(["", "x", ""], { x: long }, escapeHtml, String), "&lt;a ".repeat(33_334).trimEnd());
  assert.ok(performance.now() - started < 500);
});

const joins = {
  "start>end": "",
  "start>title": "# ",
  "start>heading": "\n## ",
  "title>paragraph": "\n\n",
  "title>end": "\n",
  "heading>group": "\n\n### ",
  "heading>number": "\n\n#. ",
  "group>number": "\n\n#. ",
  "number>number": "\n#. ",
  "number>paragraph": "\n\n",
  "number>bullet": "\n\n- ",
  "paragraph>number": "\n\n#. ",
  "paragraph>end": "\n",
  "number>end": "\n",
  "bullet>end": "\n",
};
const render = (...kinds) => renderBlock(kinds.map((kind, index) => [kind, [String.fromCharCode(97 + index)]]), joins, ([literal]) => literal);

test("renderBlock puts the joins between the leaves", () => {
  assert.equal(render(), "");
  assert.equal(render("title"), "# a\n");
  assert.equal(render("title", "paragraph"), "# a\n\nb\n");
});

test("renderBlock numbers each run from one, and leaves other number signs alone", () => {
  assert.equal(
    render("heading", "group", "number", "number", "paragraph", "number", "bullet"),
    "\n## a\n\n### b\n\n1. c\n2. d\n\ne\n\n1. f\n\n- g\n",
  );
  assert.ok(render("heading", ...Array(12).fill("number")).includes("\n12. "));
});
