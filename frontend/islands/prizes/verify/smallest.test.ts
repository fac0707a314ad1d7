import { expect, test } from "vitest";

import { Smallest, type Keyed } from "./smallest";

/** Numbers that look random and are the same each time (a linear congruence). */
function keys(count: number, seed: number): Keyed[] {
  let state = seed;
  return Array.from({ length: count }, (_each, place) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return { key: state.toString(16).padStart(8, "0"), leaf: String(place) };
  });
}

function found(run: readonly Keyed[], places: number): string[] {
  const smallest = new Smallest(places);
  for (const each of run) if (smallest.wants(each.key)) smallest.keep(each);
  return smallest.sorted().map((each) => each.key);
}

test.each([0, 1, 2, 17, 40, 41])("the %i smallest of forty are those of the whole sorted run", (places) => {
  for (let seed = 1; seed < 200; seed += 1) {
    const run = keys(40, seed);
    expect(found(run, places), `seed ${seed}`).toEqual(run.map((each) => each.key).sort().slice(0, places));
  }
});

test("a run that is longer than what is kept in between", () => {
  const run = keys(30_000, 7).reverse();

  expect(found(run, 150)).toEqual(run.map((each) => each.key).sort().slice(0, 150));
});
