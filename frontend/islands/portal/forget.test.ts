import { expect, test } from "vitest";

import { forgetIn } from "./forget";

test("what the islands keep is forgotten, and nothing else", () => {
  const kept = new Map([["cw-paper-7", "{}"], ["theirs", "1"], ["cw-guest/play/quiz/class/A/", "{}"]]);

  forgetIn({ length: kept.size, key: (place) => [...kept.keys()][place] || null, removeItem: (name) => void kept.delete(name) });

  expect([...kept.keys()]).toEqual(["theirs"]);
});
