import assert from "node:assert/strict";
import { test } from "node:test";
import { headedBlocks, htmlDocument, htmlFragment, json, markdown, slotNames, text } from "../../ext/rolebook/static/exports.js";
import { pageData } from "./data.mjs";

const data = pageData();
const hostile = { company: `<img src=x onerror="alert('x')">`, cloud: ["AWS", "GCP"] };

test("markdown: the whole, filled, with the blanks as they are written", () => {
  assert.equal(
    markdown(data, { company: "_Acme_", cloud: ["AWS", "GCP"] }),
    "# Engineer at \\_Acme\\_\n\n## Duties\n\n- **Train** on AWS, GCP.\n- {{ contract: Full-time / Part-time }}\n",
  );
});

test("text: values stand as typed", () => {
  assert.equal(text(data, hostile, [""]), `Engineer at <img src=x onerror="alert('x')">\n`);
});

test("html: values and blanks are escaped, the template's own markup is not", () => {
  assert.equal(htmlFragment(data, hostile, [""]), "<h1>Engineer at &lt;img src=x onerror=&quot;alert(&#x27;x&#x27;)&quot;&gt;</h1>\n");
  assert.ok(htmlFragment(data, hostile).includes("<strong>Train</strong> on AWS, GCP."));
  const quoted = pageData();
  quoted.template.placeholders[0].name = "team's";
  quoted.leaves.html[""] = [["title", ["", "team's", ""]]];
  assert.equal(htmlFragment(quoted, {}, [""]), "<h1>{{ team&#x27;s }}</h1>\n");
});

test("a block alone is its part of the whole", () => {
  for (const [format, between] of [[markdown, "\n"], [text, "\n"], [htmlFragment, ""]]) {
    assert.equal(format(data, hostile, [""]) + between + format(data, hostile, ["duties"]), format(data, hostile));
  }
});

test("htmlDocument is the fragment in its frame", () => {
  assert.equal(htmlDocument(data, hostile), data.frame.html[0] + htmlFragment(data, hostile) + data.frame.html[1]);
});

test("json: the template with the filled state's values and descriptions", () => {
  const output = json(data, { company: " Acme ", cloud: ["GCP", " ", "AWS"], contract: "", unknown: "x" });
  const parsed = JSON.parse(output);
  assert.deepEqual(parsed.values, { cloud: ["GCP", "AWS"], company: "Acme" });
  assert.equal(parsed.description.markdown, markdown(data, { company: "Acme", cloud: ["GCP", "AWS"] }));
  assert.deepEqual(Object.keys(parsed), [...Object.keys(parsed)].sort());
  assert.ok(output.endsWith("}\n"));
  assert.ok(output.includes(',"values":{"cloud":["GCP","AWS"],"company":"Acme"},'));
  assert.ok(output.includes(',"summary":[],'));
  assert.ok(output.includes(',"variants":{},'));
});

test("json: a placeholder that takes several is always a list", () => {
  assert.deepEqual(JSON.parse(json(data, { cloud: "AWS" })).values, { cloud: ["AWS"] });
});

test("json: names are sorted as Python sorts them, whatever they are", () => {
  const odd = pageData();
  const names = ["𝐀", "\uff21", "b", "10", "9", "__proto__", "constructor", "ab", "a"];
  odd.template.placeholders = names.map((name) => ({ ...odd.template.placeholders[0], name }));
  const values = Object.fromEntries(names.map((name) => [name, "v"]));
  odd.leaves = { markdown: { "": [] }, text: { "": [] }, html: { "": [] } };
  odd.blocks = [""];
  odd.joins = { markdown: { "start>end": "" }, text: { "start>end": "" }, html: { "start>end": "" } };
  const block = /"values":\{([^}]*)\}/.exec(json(odd, values))[1];
  const order = [...block.matchAll(/"([^"]+)":"v"/g)].map(([, name]) => name);
  assert.deepEqual(order, ["10", "9", "__proto__", "a", "ab", "b", "constructor", "\uff21", "𝐀"]);
});

test("json: quotes, controls and unusual line ends are written as Python writes them", () => {
  const odd = pageData();
  odd.template.title = 'a"\\/\b\f\n\r\t\x01\x7f\u2028é🚀';
  assert.ok(json(odd, {}).includes('"title":"a\\"\\\\/\\b\\f\\n\\r\\t\\u0001\x7f\u2028é🚀"'));
});

test("slotNames follow the reading order", () => {
  assert.deepEqual(slotNames(data), ["company", "cloud", "contract"]);
  assert.deepEqual(slotNames(data, ["duties"]), ["cloud", "contract"]);
});

test("headedBlocks puts the groups of one heading together", () => {
  const grouped = pageData();
  grouped.blocks.push("more", "last");
  grouped.leaves.text.more = [["group", ["Research"]]];
  grouped.leaves.text.last = [["heading", ["Last"]], ["group", ["First"]]];
  assert.deepEqual(headedBlocks(grouped), [[""], ["duties", "more"], ["last"]]);
});

test("nothing given is changed", () => {
  const before = JSON.stringify(data);
  json(data, hostile);
  assert.equal(JSON.stringify(data), before);
});
