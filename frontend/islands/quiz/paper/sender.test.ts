import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { longer, Sender } from "./sender";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** Sends so many answers; each try has the outcome that the list says, and works when the list is over. */
function sending(count: number, outcomes: boolean[] = []) {
  const tries: number[] = [];
  let sent = 0;
  const began = Date.now();
  const sender = new Sender({
    isDone: () => sent === count,
    send: async () => {
      tries.push(Date.now() - began);
      const works = outcomes.length > 0 ? outcomes.shift() === true : true;
      if (works) sent += 1;
      return works;
    },
  });
  return { sender, tries, sent: () => sent };
}

test("answers follow one another without a pause", async () => {
  const { sender, tries, sent } = sending(3);

  sender.now();
  await vi.runAllTimersAsync();

  expect([tries, sent()]).toEqual([[0, 0, 0], 3]);
});

test("each failure makes the pause longer", async () => {
  const { sender, tries } = sending(1, [false, false, false]);

  sender.now();
  await vi.runAllTimersAsync();

  expect(tries).toEqual([0, 2_000, 6_000, 14_000]);
});

test("somebody who asks is served at once, and pauses begin anew", async () => {
  const { sender, tries } = sending(1, [false, false, false]);

  sender.now();
  await vi.advanceTimersByTimeAsync(3_000);
  sender.now();
  await vi.runAllTimersAsync();

  expect(tries).toEqual([0, 2_000, 3_000, 5_000]);
});

test("two who ask at once send one answer", async () => {
  const { sender, tries } = sending(1);

  sender.now();
  sender.now();
  await vi.runAllTimersAsync();

  expect(tries).toEqual([0]);
});

test("what was paused is not tried again by itself", async () => {
  const { sender, tries } = sending(1, [false, false]);

  sender.now();
  sender.pause();
  await vi.runAllTimersAsync();

  expect(tries).toEqual([0]);
});

test("a pause is never longer than a minute", () => {
  expect([longer(2_000), longer(32_000), longer(60_000)]).toEqual([4_000, 60_000, 60_000]);
});
