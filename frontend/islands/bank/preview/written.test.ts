import { expect, test } from "vitest";
import { optionsOf, type Written } from "./written";

const question = (changes: Partial<Written>): Written => ({
  kind: "single",
  stem: "哪个对？",
  options: "甲\n乙\n\n丙",
  answer: "B",
  explanation: "",
  ...changes,
});

const right = (changes: Partial<Written>): string[] =>
  optionsOf(question(changes), "对", "错")
    .filter((option) => option.right)
    .map((option) => option.text);

test("a letter names its option, and empty lines do not count", () => {
  expect(right({})).toEqual(["乙"]);
  expect(right({ answer: "ac" })).toEqual(["甲", "丙"]);
  expect(right({ answer: "Ａ、Ｃ" })).toEqual(["甲", "丙"]);
});

test("letters before the options are left out when all have them", () => {
  const options = optionsOf(question({ options: "A. 甲\nB、乙" }), "对", "错");

  expect(options.map((option) => option.text)).toEqual(["甲", "乙"]);
});

test("a question that is only judged has true and false", () => {
  expect(right({ kind: "truth", answer: "√" })).toEqual(["对"]);
  expect(right({ kind: "truth", answer: "错" })).toEqual(["错"]);
  expect(right({ kind: "truth", answer: "" })).toEqual([]);
});
