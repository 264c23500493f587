import assert from "node:assert/strict";
import { test } from "node:test";
import { countFor, facetsOf, fitsChoice, readChoice, writeChoice } from "../../ext/rolebook/static/facets.js";

const engineer = new Map([["family", ["Data"]], ["level", ["Junior", "Senior"]], ["skill", ["C++", "SQL"]]]);
const scientist = new Map([["family", ["Data"]], ["level", ["Senior"]], ["skill", ["R", "SQL"]]]);
const writer = new Map([["level", ["Junior"]]]);
const all = [engineer, scientist, writer];
const fitting = (...choice) => all.filter((values) => fitsChoice(values, new Map(choice)));

test("one of the values of a facet is enough, and each facet counts", () => {
  assert.deepEqual(fitting(), all);
  assert.deepEqual(fitting(["skill", []]), all);
  assert.deepEqual(fitting(["skill", ["C++", "R"]]), [engineer, scientist]);
  assert.deepEqual(fitting(["skill", ["SQL"]], ["level", ["Junior"]]), [engineer]);
  assert.deepEqual(fitting(["family", ["Data"]], ["level", ["Junior"]], ["skill", ["R"]]), []);
});

test("a value is counted by what is chosen of the other facets", () => {
  const choice = new Map([["level", ["Junior"]], ["skill", ["C++"]]]);
  assert.equal(countFor(all, choice, "level", "Junior"), 1);
  assert.equal(countFor(all, choice, "level", "Senior"), 1);
  assert.equal(countFor(all, choice, "skill", "R"), 0);
  assert.equal(countFor(all, new Map(), "level", "Junior"), 2);
});

test("the facets have every value once, in the order of the entries", () => {
  assert.deepEqual([...facetsOf(all, () => 0)], [["family", ["Data"]], ["level", ["Junior", "Senior"]], ["skill", ["C++", "SQL", "R"]]]);
});

test("values with a rank stand by it, whichever entry has them first", () => {
  const ranks = ["Junior", "Mid-level", "Senior", "Staff"];
  const levels = (...lists) =>
    facetsOf(lists.map((values) => new Map([["level", values]])), (_, value) => ranks.indexOf(value)).get("level");
  assert.deepEqual(levels(["Junior", "Senior"], ["Junior", "Mid-level", "Senior"]), ["Junior", "Mid-level", "Senior"]);
  assert.deepEqual(levels(["Staff"], ["Junior", "Senior"], ["Mid-level"]), ranks);
});

test("an address keeps a choice, and what else it has", () => {
  const facets = facetsOf(all, () => 0);
  const choice = new Map([["family", []], ["level", ["Senior"]], ["skill", ["C++", "R"]]]);
  const query = writeChoice("?utm=1&level=Junior", choice);
  assert.equal(query, "utm=1&level=Senior&skill=C%2B%2B&skill=R");
  assert.deepEqual(readChoice(query, facets), choice);
  assert.equal(writeChoice(`?${query}`, new Map([...choice.keys()].map((facet) => [facet, []]))), "utm=1");
});

test("what an address asks for and nobody has is passed over", () => {
  assert.deepEqual([...readChoice("?level=Chief&skill=SQL&size=9", facetsOf(all, () => 0)).values()], [[], [], ["SQL"]]);
});
