import { expect, test } from "vitest";

import type { Result, Shown, Told, Verdict } from "./protocol";
import { answered, chose, isLocked, mark, phase, remedy, sending, step, stopped, taken, wentOn } from "./state";

const first: Shown = { place: 0, of: 2, kind: "multiple", topic: "fraud", stem: "?", options: ["a", "b", "c"] };
const second: Shown = { ...first, place: 1, kind: "truth", options: [] };
const verdict: Verdict = { place: 0, right: false, correct: [0, 1], explanation: "because", basis: "" };
const result: Result = { right: 1, of: 2, percent: 50, passed: false, topics: [], chance: "none" };
const begun = taken("token", { verdict: null, next: first, result: null });
const chosen = chose(begun, [2, 1]);
const on = (told: Partial<Told>): Told => ({ verdict, next: null, result: null, ...told });

test("a page without an attempt is left as the server wrote it", () => {
  expect(phase(taken(null, null))).toBe("untouched");
});

test("choosing keeps positions in ascending order", () => {
  expect(chosen.choice).toEqual([1, 2]);
});

test("the step is the place counted from one", () => {
  expect([step(begun), step(taken("token", on({ next: second })))]).toEqual([1, 2]);
});

test("an empty answer is not sent", () => {
  const state = sending(begun, "do");

  expect([state.busy, state.trouble, remedy(state), isLocked(state)]).toEqual([false, "impossible-choice", "choose", false]);
});

test("an answer on its way cannot be changed", () => {
  const state = sending(chosen, "do");

  expect(chose(state, [0])).toBe(state);
});

test("a lost connection keeps the answer, and repeats the same step with it", () => {
  const lost = stopped(sending(chosen, "do"), "offline");

  const again = sending(chose(lost, [0]), "do");

  expect([remedy(lost), isLocked(lost), step(again), again.choice]).toEqual(["again", true, 1, [1, 2]]);
});

test("the verdict stays until the person goes on", () => {
  const told = answered(sending(chosen, "do"), on({ next: second }));

  const next = wentOn(told);

  expect([phase(told), phase(next), next.shown, next.choice, next.verdict]).toEqual(["told", "asking", second, [], null]);
});

test("after the last verdict comes the result", () => {
  const told = answered(sending(chosen, "do"), on({ result }));

  expect([phase(told), phase(wentOn(told)), wentOn(told).result]).toEqual(["told", "finished", result]);
});

test("options are marked right, wrong and missed, and not before the verdict", () => {
  const told = answered(sending(chosen, "do"), on({ next: second }));

  expect([0, 1, 2].map((each) => mark(told, each))).toEqual(["missed", "right", "wrong"]);
  expect([0, 1, 2].map((each) => mark(chosen, each))).toEqual([null, null, null]);
});

test.each([
  ["too-fast", "choose"],
  ["too-many", "again"],
  ["moved", "again"],
  ["try-again", "again"],
  ["already-answered", "reload"],
  ["finished", "reload"],
  ["forged-ticket", "begin"],
  ["unknown-release", "begin"],
  ["closed", "none"],
  ["withdrawn", "none"],
  ["not-open", "none"],
])("the way out of %s is %s", (reason, way) => {
  expect(remedy(stopped(sending(chosen, "do"), reason))).toBe(way);
});

test("a beginning that failed is repeated as a beginning", () => {
  const state = stopped(sending(taken(null, null), "begin"), "bad-request");

  expect([remedy(state), state.asked]).toEqual(["again", "begin"]);
});
