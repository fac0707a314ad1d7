// Does the lane's proof of work: looks for the counter whose derived key begins as the challenge wants. ALTCHA, version 2.
import { pbkdf2 } from "@noble/hashes/pbkdf2";
import { sha256 } from "@noble/hashes/sha2";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils";

export interface Challenge {
  readonly parameters: {
    readonly algorithm: string;
    readonly nonce: string;
    readonly salt: string;
    readonly cost: number;
    readonly keyLength: number;
    readonly keyPrefix: string;
  };
  readonly signature: string;
}

type Derive = (password: Uint8Array) => Promise<Uint8Array>;

const SLICE_MS = 30;

/** The solution as the lane takes it. Lets the page breathe while it works. */
export async function solve(challenge: Challenge): Promise<string> {
  const { nonce, keyPrefix } = challenge.parameters;
  const password = new Uint8Array(nonce.length / 2 + 4);
  password.set(hexToBytes(nonce));
  const view = new DataView(password.buffer);
  const derive = deriver(challenge);
  let since = Date.now();
  for (let counter = 0; ; counter += 1) {
    view.setUint32(nonce.length / 2, counter);
    const key = bytesToHex(await derive(password));
    if (key.slice(0, keyPrefix.length) === keyPrefix) return payload(challenge, counter, key);
    if (Date.now() - since > SLICE_MS) {
      await new Promise((go) => setTimeout(go));
      since = Date.now();
    }
  }
}

/** The browser's own derivation where there is one: it is many times faster. */
function deriver({ parameters }: Challenge): Derive {
  const salt = hexToBytes(parameters.salt);
  const { cost, keyLength } = parameters;
  const subtle = typeof crypto === "object" ? crypto.subtle : undefined;
  if (!subtle) return (password) => Promise.resolve(pbkdf2(sha256, password, salt, { c: cost, dkLen: keyLength }));
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: cost };
  return async (password) => {
    const key = await subtle.importKey("raw", password.slice(), "PBKDF2", false, ["deriveBits"]);
    return new Uint8Array(await subtle.deriveBits(how, key, keyLength * 8));
  };
}

function payload(challenge: Challenge, counter: number, derivedKey: string): string {
  return btoa(JSON.stringify({ challenge, solution: { counter, derivedKey } }));
}
