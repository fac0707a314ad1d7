import { expect, test } from "vitest";

import type { Opened, Result, Shown, Told, Verdict } from "./protocol";
import { adopted, beginning, chose, isLost, locked, mark, notBegun, phase, refused, remedy, sending, shown, taken, told, unsent, wentOn, type PaperState } from "./state";

const first: Shown = { place: 0, of: 3, kind: "multiple", topic: "fraud", stem: "?", options: ["a", "b", "c"] };
const second: Shown = { ...first, place: 1, kind: "truth", options: [] };
const third: Shown = { ...first, place: 2, kind: "single" };
const verdict: Verdict = { place: 0, right: false, correct: [0, 1], explanation: "because", basis: "" };
const result: Result = { right: 1, of: 3, percent: 33, passed: false, topics: [], chance: "none" };
const opened: Opened = { questions: [first, second, third], next: first, result: null };
const begun = taken("token", opened, true);

const on = (said: Partial<Told>): Told => ({ verdict, next: null, result: null, ...said });
const answer = (state: PaperState, choice: readonly number[] = [0]): PaperState => locked(chose(state, choice));
const fails = (state: PaperState, reason = "offline"): PaperState => refused(sending(state), reason);
const comes = (state: PaperState, said: Partial<Told> = {}): PaperState => told(sending(state), on(said));
/** Three answers, all given without a network. */
const alone = [0, 1, 2].reduce((state) => wentOn(fails(answer(state))), begun);

test("a page without an attempt is left as the server wrote it", () => {
  expect(phase(taken(null, null, true))).toBe("untouched");
});

test("a paper is taken up at its next question", () => {
  const state = taken("token", { ...opened, next: third }, true);

  expect([phase(state), shown(state), state.sent, unsent(state)]).toEqual(["asking", third, 2, 0]);
});

test("choosing keeps positions in ascending order", () => {
  expect(chose(begun, [2, 1]).choice).toEqual([1, 2]);
});

test("an empty answer is not locked", () => {
  expect([phase(locked(begun)), locked(begun).trouble]).toEqual(["asking", "impossible-choice"]);
});

test("an answer on its way cannot be changed", () => {
  const state = sending(answer(begun));

  expect([phase(state), chose(state, [1])]).toEqual(["sending", state]);
});

test("the verdict stays until the person goes on", () => {
  const state = comes(answer(begun));

  expect([phase(state), phase(wentOn(state)), shown(wentOn(state)), state.late]).toEqual(["told", "asking", second, []]);
});

test("without a network the person goes on, and answers wait in their order", () => {
  const state = answer(wentOn(fails(answer(begun, [2]))), [1]);

  expect([phase(fails(answer(begun))), state.answers, state.sent, unsent(state)]).toEqual(["kept", [[2], [1]], 0, 2]);
});

test("nobody who is ahead of the server waits for it", () => {
  expect(phase(sending(answer(wentOn(fails(answer(begun))))))).toBe("kept");
});

test("an explanation that comes for a question that was left is late", () => {
  const state = comes(wentOn(fails(answer(begun))));

  expect([state.late, state.sent, phase(state)]).toEqual([[0], 1, "asking"]);
});

test("an explanation that comes while its question is still there is shown there", () => {
  expect([phase(comes(fails(answer(begun)))), comes(fails(answer(begun))).late]).toEqual(["told", []]);
});

test("a paper that is all answered waits until all is told, and then has its result", () => {
  const done = comes(comes(comes(alone)), { result });

  expect([phase(alone), phase(comes(alone))]).toEqual(["waiting", "waiting"]);
  expect(comes(comes(alone), { result }).sent).toBe(2);
  expect([phase(done), unsent(done), done.late]).toEqual(["finished", 0, [0, 1, 2]]);
});

test("who was too fast chooses again, and finds the choice as it was", () => {
  const state = fails(answer(begun, [1]), "too-fast");

  expect([phase(state), state.choice, state.trouble, unsent(state)]).toEqual(["asking", [1], "too-fast", 0]);
});

test("kept answers that come too fast wait, and are not lost", () => {
  const state = fails(alone, "too-fast");

  expect([unsent(state), isLost(state)]).toEqual([3, false]);
});

test.each([
  ["closed", true],
  ["withdrawn", true],
  ["forged-ticket", true],
  ["impossible-choice", true],
  ["offline", false],
  ["moved", false],
  ["too-many", false],
  ["unknown-unit", false],
])("kept answers refused as %s are lost: %s", (reason, lost) => {
  expect(isLost(fails(alone, reason))).toBe(lost);
});

test.each([
  ["offline", "later"],
  ["too-many", "later"],
  ["already-answered", "reload"],
  ["unknown-unit", "leave-area"],
  ["closed", "none"],
])("the way out of %s is %s", (reason, way) => {
  expect(remedy(reason)).toBe(way);
});

test("a beginning that failed leaves the page as it was", () => {
  const state = notBegun(beginning(taken(null, null, true)), "offline");

  expect([phase(state), state.beginning, state.trouble]).toEqual(["untouched", false, "offline"]);
});

test("a page that is opened anew goes on with what the device kept", () => {
  const served = taken("token", { ...opened, next: second }, true);

  const state = adopted({ ...alone, busy: true, trouble: "offline" }, served, false);

  expect([phase(state), unsent(state), state.busy, state.trouble]).toEqual(["waiting", 3, false, null]);
});

test("answers of another paper are sent before anything else", () => {
  expect(unsent(adopted(alone, taken("another", opened, true), false))).toBe(3);
});

test.each([
  ["nothing was kept", null, taken("token", opened, true)],
  ["all was sent and the paper is another", comes(answer(begun)), taken("another", opened, true)],
  ["the server has more", comes(answer(begun)), taken("token", { ...opened, next: third }, true)],
  ["the server has the result", comes(answer(begun)), taken("token", { questions: [], next: null, result }, true)],
])("the server's page holds when %s", (_why, kept, served) => {
  expect(adopted(kept, served, false)).toBe(served);
});

test("a class's page goes on with its own paper, which no server page knows", () => {
  const served = taken(null, null, false);

  expect(shown(adopted(comes(answer(begun)), served, true))).toBe(second);
  expect(adopted({ ...comes(comes(comes(alone)), { result }), late: [] }, served, true)).toBe(served);
});

test("options are marked right, wrong and missed", () => {
  expect([0, 1, 2].map((each) => mark(verdict, [1, 2], each))).toEqual(["missed", "right", "wrong"]);
});
