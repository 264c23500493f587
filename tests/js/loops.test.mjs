import assert from "node:assert/strict";
import { test } from "node:test";
import { sayMissing, sayShown, standings } from "../../ext/rolebook/static/loops.js";

const loop = { file: "any", cards: "a-ra", stages: [0], required: [] };

test("each question on the page is asked, in reserve or for another choice", () => {
  assert.deepEqual(standings(loop, 4), ["asked", "other", "reserve", "asked"]);
});

test("without a loop all are shown alike", () => {
  assert.deepEqual(standings(undefined, 2), ["all", "all"]);
});

test("what has no kit together is named", () => {
  assert.equal(sayMissing(["NLP", "Healthcare"]), "There is no kit for NLP and Healthcare together. Keep one, and set the other to None.");
});

test("what is counted is what the page has", () => {
  assert.equal(sayShown(standings(undefined, 3)), "All 3 questions and work samples. Choose a level for its loop and its files.");
  assert.equal(sayShown(standings({ ...loop, cards: "a-ra-" }, 5)), "This loop asks 2 and keeps 1 in reserve; 2 for other choices are hidden.");
  assert.equal(sayShown(standings(loop, 4)), "This loop asks 2 and keeps 1 in reserve; 1 for other choices is hidden.");
  assert.equal(sayShown(standings({ ...loop, cards: "ara" }, 3)), "This loop asks 2 and keeps 1 in reserve.");
});
