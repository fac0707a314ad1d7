import { expect, test } from "vitest";

import { moved } from "./keys";

test.each([
  [-1, 1, 3, 0],
  [0, 1, 3, 1],
  [2, 1, 3, 2],
  [0, -1, 3, 0],
  [-1, 1, 0, -1],
])("from row %i by %i of %i the focus goes to %i", (at, by, many, to) => {
  expect(moved(at, by, many)).toBe(to);
});
