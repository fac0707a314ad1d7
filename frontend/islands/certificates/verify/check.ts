// Whether a text was signed by a key. Pure but for the browser's own cryptography; certificates/statement.py writes the texts.

export interface Statement {
  readonly campaign: string;
  readonly activity: string;
  readonly release: string;
  readonly right: number;
  readonly of: number;
  readonly day: string;
  readonly number: string;
}

export interface Trusted {
  readonly key: string;
  readonly context: string;
  readonly format: string;
}

const PARTS = 8;

/** The text in what somebody pasted, which may be the whole address. */
export function textIn(pasted: string): string {
  return pasted.slice(pasted.lastIndexOf("#") + 1).trim();
}

/** True when this browser knows the signature's kind; outside HTTPS it knows none. */
export async function canCheck(trusted: Trusted): Promise<boolean> {
  try {
    await crypto.subtle.importKey("raw", bytes(trusted.key), { name: "Ed25519" }, false, ["verify"]);
    return true;
  } catch {
    return false;
  }
}

/** What a genuine text states, or null. */
export async function check(text: string, trusted: Trusted): Promise<Statement | null> {
  try {
    const [payload, signature, ...more] = text.split(".").map(bytes);
    if (!payload || !signature || more.length > 0) return null;
    const key = await crypto.subtle.importKey("raw", bytes(trusted.key), { name: "Ed25519" }, false, ["verify"]);
    const signed = joined(new TextEncoder().encode(trusted.context), payload);
    if (!(await crypto.subtle.verify({ name: "Ed25519" }, key, signature, signed))) return null;
    return statement(JSON.parse(new TextDecoder().decode(payload)), trusted.format);
  } catch {
    return null;
  }
}

function statement(parts: unknown, format: string): Statement | null {
  if (!Array.isArray(parts) || parts.length !== PARTS || parts[0] !== format) return null;
  const [, campaign, activity, release, right, of, day, number] = parts;
  return { campaign, activity, release, right, of, day, number } as Statement;
}

/** Base64url has several spellings of the same bytes; only the one in which texts are written counts. */
function bytes(text: string): Uint8Array<ArrayBuffer> {
  const raw = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  const spelled = btoa(raw).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  if (spelled !== text) throw new Error("another spelling");
  return Uint8Array.from(raw, (letter) => letter.charCodeAt(0));
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
