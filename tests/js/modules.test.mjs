// What joining the modules into one script relies on.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

const folder = new URL("../../ext/rolebook/static/", import.meta.url);
// The scripts of the pages, each with its modules in the order in which they use each other.
const kit = ["dom.js", "loops.js", "kit.js"];
const browse = ["dom.js", "facets.js", "browse.js"];
const order = ["dom.js", "fill.js", "runs.js", "patch.js", "compose.js", "changes.js", "comparison.js", "exports.js", "zip.js", "docx.js", "vacancy.js", "shapes.js", "state.js", "clipboard.js", "form.js", "sort.js", "filter.js", "sheet.js", "composer.js", "comparing.js", "takeaway.js", "page.js"];
const all = [...new Set([...order, ...kit, ...browse])];
const sources = new Map(all.map((name) => [name, readFileSync(new URL(name, folder), "utf-8")]));
const join = (names) => names.map((name) => sources.get(name)).join("\n").replace(/^import .*\n/gm, "").replace(/^export /gm, "");
const scripts = { page: join(order), kit: join(kit), browse: join(browse) };

test("every module is in a script", () => {
  assert.deepEqual(readdirSync(folder).filter((name) => name.endsWith(".js")).sort(), [...all].sort());
});

test("an import is one line of names, from a module that comes before", () => {
  const form = /^import \{ (?:\w+, )*\w+ \} from "\.\/(\w+\.js)";$/;
  for (const names of [order, kit, browse]) {
    for (const [place, name] of names.entries()) {
      for (const line of sources.get(name).split("\n").filter((each) => /^import\b/.test(each))) {
        assert.match(line, form);
        assert.ok(names.slice(0, place).includes(form.exec(line)[1]), `${name}: ${line}`);
      }
    }
  }
});

test("only declarations are exported", () => {
  for (const [name, source] of sources) {
    for (const line of source.match(/^export\b.*/gm) ?? []) assert.match(line, /^export (async )?(function|const) /, name);
  }
});

test("top-level names are unique over all modules of a script", () => {
  for (const script of Object.values(scripts)) {
    const names = [...script.matchAll(/^(?:async )?(?:function|const|let|class) (\w+)/gm)].map(([, name]) => name);
    assert.deepEqual(names, [...new Set(names)]);
  }
});

test("joined, they are one script", () => {
  for (const script of Object.values(scripts)) {
    assert.doesNotThrow(() => new Function(script));
    assert.ok(!/^(import|export)\b/m.test(script));
  }
});

test("no module but the last of a script does anything on being loaded", async () => {
  for (const name of [order, kit, browse].flatMap((names) => names.slice(0, -1))) await import(new URL(name, folder));
});

test("nothing turns text into markup or code", () => {
  for (const script of Object.values(scripts)) assert.doesNotMatch(script, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\b|new Function/);
});

test("joined, they stay small", () => {
  // As on a page, where comments stay behind.
  for (const [name, most] of Object.entries({ page: 27_000, kit: 3_000, browse: 3_000 })) {
    const bare = scripts[name].replace(/^[ \t]*(?:\/\*\*[^]*?\*\/|\/\/[^\n]*)\n/gm, "");
    assert.ok(gzipSync(bare, { level: 9 }).length <= most, name);
  }
});
