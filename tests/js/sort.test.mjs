import assert from "node:assert/strict";
import { test } from "node:test";
import { sortedPlaces } from "../../ext/rolebook/static/sort.js";

const sorted = (keys, descending = false) => sortedPlaces(keys, descending, "en").map((place) => keys[place]);

test("numbers are compared as numbers, whatever their length and sign", () => {
  assert.deepEqual(sorted(["10", "9.5", "-2", "0", "9"]), ["-2", "0", "9", "9.5", "10"]);
  assert.deepEqual(sorted(["10", "9.5", "-2"], true), ["10", "9.5", "-2"]);
});

test("dates are compared as far as they are known", () => {
  const dates = ["2021-01-01", "2020-03", "2021", "2021-10-01", "2021-02"];
  assert.deepEqual(sorted(dates), ["2020-03", "2021", "2021-01-01", "2021-02", "2021-10-01"]);
});

test("texts are compared as people do: letter case and accents do not part them, numbers in them count", () => {
  assert.deepEqual(sorted(["zoo", "Élan", "elf", "apple", "Echo"]), ["apple", "Echo", "Élan", "elf", "zoo"]);
  assert.deepEqual(sorted(["26 or more", "4 or more", "all", "15 or more"]), ["4 or more", "15 or more", "26 or more", "all"]);
});

test("one text among numbers makes texts of all", () => {
  assert.deepEqual(sorted(["b", "10", "9"]), ["9", "10", "b"]);
});

test("what is missing comes last, whichever way the rest goes", () => {
  assert.deepEqual(sorted(["", "2", "", "1"]), ["1", "2", "", ""]);
  assert.deepEqual(sorted(["", "2", "", "1"], true), ["2", "1", "", ""]);
  assert.deepEqual(sortedPlaces(["", "", ""], true), [0, 1, 2]);
});

test("equal ones stay in the order they have, whichever way the rest goes", () => {
  assert.deepEqual(sortedPlaces(["1", "0", "1", "", "1", ""], false), [1, 0, 2, 4, 3, 5]);
  assert.deepEqual(sortedPlaces(["1", "0", "1", "", "1", ""], true), [0, 2, 4, 1, 3, 5]);
});

test("a table may be empty", () => {
  assert.deepEqual(sortedPlaces([], false), []);
});
