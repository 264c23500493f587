import assert from "node:assert/strict";
import { test } from "node:test";
import { isWanted } from "../../ext/rolebook/static/filter.js";

const denver = ["Denver-Aurora, CO", "Colorado", "US$130,000"];
const none = new Map();

test("a row is wanted if each word is somewhere in it, in any order", () => {
  for (const text of ["", "  ", "denver", "AURORA", "colo den", "co  130,000"]) assert.ok(isWanted(denver, text, none), text);
  for (const text of ["boulder", "denver boulder", "denverco"]) assert.ok(!isWanted(denver, text, none), text);
});

test("accents and letter case make no difference", () => {
  assert.ok(isWanted(["Cañon City"], "canon", none));
  assert.ok(isWanted(["Zurich"], "Zürich", none));
});

test("what is typed is a text, not a pattern", () => {
  assert.ok(!isWanted(denver, ".*", none));
  assert.ok(isWanted(["A (b"], "(b", none));
});

test("a choice is the whole text of its column, and an empty one chooses nothing", () => {
  assert.ok(isWanted(denver, "", new Map([[1, "Colorado"]])));
  assert.ok(!isWanted(denver, "", new Map([[1, "Colo"]])));
  assert.ok(!isWanted(denver, "denver", new Map([[1, "Texas"]])));
  assert.ok(isWanted(denver, "denver", new Map([[1, ""]])));
});
