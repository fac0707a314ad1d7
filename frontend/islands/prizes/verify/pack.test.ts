// Packs and receipts written by the Python house; tests/prizes/test_fixture.py holds the file to what it writes now.
import { expect, test } from "vitest";

import example from "./example.json";
import { canonical, check, Wrong } from "./pack";
import { look } from "./receipt";

const data = new TextEncoder().encode(example.pack);
const go = () => Promise.resolve();
const verdict = (bytes: Uint8Array, announced = "") => check(bytes, announced, go).then(() => "", (error: Wrong) => error.message);

test("a pack of the house is right", async () => {
  const found = await check(data, example.digest, go);

  expect([found.chances, found.excluded, found.ranked, found.digest, found.root]).toEqual([40, 2, 17, example.digest, example.root]);
});

test("another pack than the announced one is refused", async () => {
  expect(await verdict(data, "0".repeat(64))).toBe("digest");
});

test("any changed byte is found", async () => {
  for (let at = 0; at < data.length; at += 7) {
    const changed = data.slice();
    changed[at] = (changed[at] as number) ^ (1 + (at % 255));
    expect(await verdict(changed), `byte ${at}`).not.toBe("");
  }
});

test("a receipt leads to the root, and no other does", () => {
  expect(example.receipts.map((each) => look(each, example.root).kind)).toEqual(["listed", "listed", "listed"]);
  expect(look(example.receipts[0] as string, "0".repeat(64))).toEqual({ kind: "unlisted" });
  expect(look((example.receipts[0] as string).replace('"i":', '"i":1'), example.root)).toEqual({ kind: "unlisted" });
});

test("an excluded chance says why", () => {
  expect(look(example.receipts[2] as string, example.root)).toMatchObject({ kind: "listed", mark: "scripted" });
});

test.each(["", "{", "[]", '{"a":1}', '{"a":1,"d":"x","c":"%%"}'])("%s is no receipt", (text) => {
  expect(look(text, example.root)).toEqual({ kind: "damaged" });
});

test("a receipt from before the freeze says that it is early", () => {
  expect(look('{"a":7,"c":"AAAA","d":"2026-11-24"}', example.root)).toEqual({ kind: "early" });
});

test("JSON is written in one way", () => {
  expect(canonical({ b: [1, "é\n"], a: null })).toBe('{"a":null,"b":[1,"é\\n"]}');
});
