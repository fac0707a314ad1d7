import { expect, test } from "vitest";

import { chosen } from "./key";

test.each([
  ["NotAllowedError", 0],
  ["SecurityError", 1],
  ["TypeError", 2],
  ["", 2],
])("chosen finds the sentence for %s", (name, place) => {
  expect(chosen(name, ["NotAllowedError", "SecurityError", ""])).toBe(place);
});
