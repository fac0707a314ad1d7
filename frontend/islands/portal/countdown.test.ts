import { expect, test } from "vitest";

import { remaining } from "./countdown";

const words = { days: "还有 {n} 天", hours: "还有 {n} 小时", minutes: "还有 {n} 分钟", over: "已经截止" };
const MINUTE = 60_000;

test.each([
  [0, "已经截止"],
  [-MINUTE, "已经截止"],
  [1, "还有 1 分钟"],
  [59 * MINUTE, "还有 59 分钟"],
  [60 * MINUTE, "还有 1 小时"],
  [24 * 60 * MINUTE - 1, "还有 23 小时"],
  [24 * 60 * MINUTE, "还有 1 天"],
  [61 * 60 * MINUTE, "还有 2 天"],
])("remaining says %i ms as %s", (left, said) => {
  const shown = remaining(left, words);

  expect(shown).toBe(said);
});
