import { expect, test } from "vitest";

import { between, lostWords, numberIn, thousands } from "./figures";

const AT = new Date(2026, 9, 12, 9, 5, 7);

test.each([
  ["1,234", 1234],
  ["0", 0],
  ["–", 0],
  [" 12 台 ", 12],
])("numberIn reads %s as %i", (text, value) => {
  expect(numberIn(text)).toBe(value);
});

test.each([
  [0, "0"],
  [999, "999"],
  [1000, "1,000"],
  [1234567, "1,234,567"],
])("thousands writes %i as %s", (value, text) => {
  expect(thousands(value)).toBe(text);
});

test("a figure starts where it was, slows down, and arrives exactly", () => {
  expect([0, 0.5, 0.99, 1, 1.7].map((share) => between(100, 200, share))).toEqual([100, 188, 200, 200, 200]);
});

test("a lost connection says when the last figure came, in the language of the page", () => {
  expect(lostWords({ url: "/" }, AT, "en")).toBe("Connection lost; figures as of 09:05:07. Reconnecting.");
  expect(lostWords({ url: "/" }, AT, "zh-hans")).toBe("连接断开了，数字停在 09:05:07；正在重连。");
});

test("the page's own words for a lost connection come first", () => {
  expect(lostWords({ url: "/", labels: { lost: "since {time}" } }, AT, "en")).toBe("since 09:05:07");
});
