// Composes every combination of a role that has the given variant on its first axis, and prints a digest of each, one a line.
// Usage: node combinations.mjs COMPOSER_DATA.json FIRST_ID (empty for none)
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { composePage } from "../../ext/rolebook/static/compose.js";

const [file, first] = process.argv.slice(2);
const data = JSON.parse(readFileSync(file, "utf-8"));
const axes = new Map();
for (const { axis, id } of data.variants) axes.set(axis, [...(axes.get(axis) ?? [""]), id]);
const [[firstAxis], ...others] = axes;

/** What a reader sees of a template, as one text: the same as `seen` in test_combinations.py. */
function seen({ title, summary, sections, placeholders }) {
  const lines = [title, ...summary.map(({ text }) => text)];
  for (const section of sections) {
    lines.push(section.id, section.title, section.group ?? "");
    for (const { id, kind, text, origin } of section.items) lines.push(id ?? "", kind, text, `${origin.entity}:${origin.line}`);
  }
  for (const { name, label, choices, required } of placeholders) lines.push(name, label, choices.join("/"), String(required));
  return lines.join("\n");
}

const digests = [];
function compose(choice, [next, ...rest]) {
  if (!next) {
    const page = composePage(data, choice);
    digests.push(createHash("sha256").update(page.id + "\n" + seen(page.template)).digest("hex").slice(0, 16));
    return;
  }
  const [axis, ids] = next;
  for (const id of ids) compose({ ...choice, [axis]: id }, rest);
}
compose({ [firstAxis]: first }, others);
process.stdout.write(digests.join("\n"));
