import assert from "node:assert/strict";
import { test } from "node:test";
import { compare } from "../../ext/rolebook/static/changes.js";
import { cellRuns, compareAll, isSame } from "../../ext/rolebook/static/comparison.js";

const item = (id, text = id) => ({ id, kind: "bullet", text });
const section = (id, ...items) => ({ id, title: id, group: null, kind: "other", items });
const template = (title, summary, ...sections) => ({ title, summary: [item(null, summary)], sections });

const role = template("Engineer", "You build.", section("duties", item("train"), item("care"), item("own")), section("pay", item("range")));
const senior = template("Senior", "You lead.", section("duties", item("care", "care for all"), item("own"), item("review")), section("team", item("lead")));
const columns = [role, senior];

const shown = (row) => row.map(({ part, standing }) => `${standing} ${part?.text ?? part?.title ?? "-"}`);

test("columns stand side by side, line by line", () => {
  const { titles, summary, sections } = compareAll(columns);
  assert.deepEqual(titles, ["Engineer", "Senior"]);
  assert.deepEqual(summary.map(shown), [["same You build.", "changed You lead."]]);
  assert.deepEqual(sections.map(({ headings }) => shown(headings)), [
    ["same duties", "same duties"],
    ["same pay", "dropped -"],
    ["absent -", "added team"],
  ]);
  assert.deepEqual(sections[0].rows.map(shown), [
    ["same train", "dropped -"],
    ["same care", "changed care for all"],
    ["same own", "same own"],
    ["absent -", "added review"],
  ]);
});

test("neighbours that say the same are one run", () => {
  const [{ rows }] = compareAll([role, senior, senior, role]).sections;
  assert.deepEqual(rows.map(cellRuns), [
    [[0, 1], [1, 3], [3, 4]],
    [[0, 1], [1, 3], [3, 4]],
    [[0, 4]],
    [[0, 1], [1, 3], [3, 4]],
  ]);
  assert.deepEqual(rows.map(isSame), [false, false, true, false]);
});

test("a template beside itself is the same", () => {
  const { summary, sections } = compareAll([role, structuredClone(role)]);
  assert.ok([...summary, ...sections.flatMap(({ headings, rows }) => [headings, ...rows])].every(isSame));
  assert.deepEqual(compare(role, structuredClone(role)), []);
});

test("nothing given is changed", () => {
  const before = JSON.stringify(columns);
  const freeze = (value) => {
    if (value && typeof value === "object") Object.values(Object.freeze(value)).forEach(freeze);
    return value;
  };
  const [one, other] = freeze(structuredClone(columns));
  compare(one, other);
  compareAll([one, other]);
  assert.equal(JSON.stringify(columns), before);
});
