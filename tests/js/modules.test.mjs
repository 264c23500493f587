// What joining the modules into one script relies on.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

const folder = new URL("../../ext/rolebook/static/", import.meta.url);
const order = ["fill.js", "runs.js", "patch.js", "compose.js", "changes.js", "comparison.js", "exports.js", "zip.js", "docx.js", "vacancy.js", "shapes.js", "state.js", "clipboard.js", "form.js", "sort.js", "filter.js", "sheet.js", "composer.js", "comparing.js", "takeaway.js", "page.js"];
const sources = new Map(order.map((name) => [name, readFileSync(new URL(name, folder), "utf-8")]));
const joined = [...sources.values()].join("\n").replace(/^import .*\n/gm, "").replace(/^export /gm, "");

test("every module is in the order, page.js last", () => {
  assert.deepEqual(readdirSync(folder).filter((name) => name.endsWith(".js")).sort(), [...order].sort());
});

test("an import is one line of names, from a module that comes before", () => {
  const form = /^import \{ (?:\w+, )*\w+ \} from "\.\/(\w+\.js)";$/;
  for (const [name, source] of sources) {
    for (const line of source.split("\n").filter((each) => /^import\b/.test(each))) {
      assert.match(line, form);
      assert.ok(order.indexOf(form.exec(line)[1]) < order.indexOf(name), `${name}: ${line}`);
    }
  }
});

test("only declarations are exported", () => {
  for (const [name, source] of sources) {
    for (const line of source.match(/^export\b.*/gm) ?? []) assert.match(line, /^export (async )?(function|const) /, name);
  }
});

test("top-level names are unique over all modules", () => {
  const names = [...joined.matchAll(/^(?:async )?(?:function|const|let|class) (\w+)/gm)].map(([, name]) => name);
  assert.deepEqual(names, [...new Set(names)]);
});

test("joined, they are one script", () => {
  assert.doesNotThrow(() => new Function(joined));
  assert.ok(!/^(import|export)\b/m.test(joined));
});

test("no module but the page's does anything on being loaded", async () => {
  for (const name of order.slice(0, -1)) await import(new URL(name, folder));
});

test("nothing turns text into markup or code", () => {
  assert.doesNotMatch(joined, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\b|new Function/);
});

test("joined, they stay small", () => {
  // As on a page, where comments stay behind.
  const bare = joined.replace(/^[ \t]*(?:\/\*\*[^]*?\*\/|\/\/[^\n]*)\n/gm, "");
  assert.ok(gzipSync(bare, { level: 9 }).length <= 27_000);
});
