import { expect, test } from "vitest";
import type { Revealed } from "./protocol";
import { spent, START, told, type MatchState, type What } from "./state";

const MET: What = { what: "met", side: 1, rounds: 6, way: "quick", calm: false, foe: "", opens: 5 };
const ASKED: What = { what: "asked", round: 0, kind: "single", stem: "?", options: ["a", "b"], advised: -1, opens: 5, closes: 15 };
const REVEALED: Revealed = {
  what: "revealed", round: 0, energy: [3, 1], splits: [{ attack: 2, points: 1, cards: [5, 3] }, { attack: 0, points: 1, cards: [], rescue: true }],
  salt: "s", hits: [{ threat: 2, points: 1, damage: 2, struck: 0 }, { threat: 0, points: 1, damage: 2, struck: 0 }], shields: [18, 17], opens: 30,
};

function all(...messages: What[]): MatchState {
  return messages.reduce(told, START);
}

test("a round is written down in the house's order of sides", () => {
  expect(all(MET, ASKED, REVEALED).record).toEqual(["1 1/3 0x1+! 2x1+35 17:18"]);
});

test("what was locked counts for its own window only", () => {
  const locked = all(MET, ASKED, { what: "locked", round: 0, phase: "intel", mine: true, choice: 1 });
  const armed = told(locked, { what: "armed", round: 0, right: true, correct: 1, energy: 3, rescue: false, opens: 9, closes: 15 });

  expect(locked.mine?.choice).toBe(1);
  expect([armed.mine, armed.theirs, armed.phase]).toEqual([null, false, "armed"]);
});

test("the other's lock says nothing of an answer and keeps the seal of a split", () => {
  expect(all(MET, ASKED, { what: "locked", round: 0, phase: "intel", mine: false })).toMatchObject({ theirs: true, seal: "", mine: null });
  expect(all(MET, ASKED, { what: "locked", round: 0, phase: "split", mine: false, seal: "ab" }).seal).toBe("ab");
});

test("a split is written with its cards in order", () => {
  expect(spent({ attack: 4, points: 2, cards: [3, 1], rescue: false })).toBe("4x2+13");
  expect(spent({})).toBe("0x0+");
});
