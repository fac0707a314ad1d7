import { pbkdf2 } from "@noble/hashes/pbkdf2";
import { sha256 } from "@noble/hashes/sha2";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils";
import { expect, test } from "vitest";

import { solve, type Challenge } from "./work";

const challenge: Challenge = {
  parameters: { algorithm: "PBKDF2/SHA-256", nonce: "00".repeat(16), salt: "11".repeat(16), cost: 3, keyLength: 32, keyPrefix: "00" },
  signature: "signed",
};

test("a solution begins as the challenge wants, and carries the challenge back", async () => {
  const { challenge: back, solution } = JSON.parse(atob(await solve(challenge)));
  const password = hexToBytes(`${challenge.parameters.nonce}${solution.counter.toString(16).padStart(8, "0")}`);
  const derived = bytesToHex(pbkdf2(sha256, password, hexToBytes(challenge.parameters.salt), { c: 3, dkLen: 32 }));

  expect(back).toEqual(challenge);
  expect(solution.derivedKey).toBe(derived);
  expect(derived.slice(0, 2)).toBe("00");
});
