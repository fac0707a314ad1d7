import { expect, test } from "vitest";
import { MINUTES, Pulse } from "./pulse";

const AT = 29_000_000 * 60_000;

test("counts are kept by the minute", () => {
  const pulse = new Pulse();
  pulse.add(AT, 3);
  pulse.add(AT + 59_999, 4);
  pulse.add(AT + 60_000, 5);

  expect(pulse.beats(AT + 60_000).slice(-3)).toEqual([
    { minute: 28_999_999, count: 0 },
    { minute: 29_000_000, count: 7 },
    { minute: 29_000_001, count: 5 },
  ]);
});

test("an hour later nothing is left of a minute, and eight hours keep no more than one", () => {
  const pulse = new Pulse();
  for (let minute = 0; minute < 8 * 60; minute += 1) pulse.add(AT + minute * 60_000, 1);

  const beats = pulse.beats(AT + 8 * 60 * 60_000 - 60_000);

  expect(beats.length).toBe(MINUTES);
  expect(beats.every((beat) => beat.count === 1)).toBe(true);
  expect(Object.keys((pulse as unknown as { counts: object }).counts).length).toBe(MINUTES);
});
