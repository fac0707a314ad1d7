// Does a draw again from its published pack, as verify_draw.py does: the same checks in the same order, none shared.
// Pure but for `pause`, which lets the page breathe and move its progress bar between slices of work.
import { hmac } from "@noble/hashes/hmac";
import { sha256 } from "@noble/hashes/sha2";
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from "@noble/hashes/utils";

import { Smallest } from "./smallest";

export interface Found {
  readonly chances: number;
  readonly excluded: number;
  readonly ranked: number;
  readonly digest: string;
  readonly root: string;
}

/** Called with how far the work has come, from 0 to 1; the work goes on when the promise is kept. */
export type Pause = (done: number) => Promise<void>;

export class Wrong extends Error {}

interface Prize {
  readonly code: string;
  readonly count: number;
}

interface Pack {
  readonly [field: string]: unknown;
  readonly format: string;
  readonly sheet: { readonly commitment: string; readonly sources: readonly string[]; readonly prizes: readonly Prize[]; readonly alternates: number };
  readonly sheet_sha256: string;
  readonly chances: string;
  readonly count: number;
  readonly excluded: { readonly [leaf: string]: string };
  readonly alternates: number;
  readonly root: string;
  readonly secret: string;
  readonly sources: readonly { readonly name: string; readonly value: string }[];
  readonly seed: string;
  readonly ranked: readonly (readonly [string, string])[];
}

const SLICE = 2_000;
const LEAF = new Uint8Array([0]);
const NODE = new Uint8Array([1]);

/** Check everything about a pack; rejects with Wrong, which says in which respect it is not what it should be. */
export async function check(data: Uint8Array, announced: string, pause: Pause): Promise<Found> {
  const [pack, digest] = read(data);
  need(!announced || announced === digest, "digest");
  need(hex(canonical(pack.sheet)) === pack.sheet_sha256, "sheet");
  need(bytesToHex(sha256(hexToBytes(pack.secret))) === pack.sheet.commitment, "commitment");
  need(JSON.stringify(pack.sources.map((each) => each.name)) === JSON.stringify(pack.sheet.sources), "sources");
  need(pack.chances.length === 64 * pack.count, "count");
  const row = await nodesOf(pack, pause);
  const root = await rootOf(row, pause);
  need(bytesToHex(root) === pack.root, "root");
  const seed = sha256(concatBytes(utf8ToBytes("cyberweek draw 1\n"), root, hexToBytes(pack.secret), ...pack.sources.map(line)));
  need(bytesToHex(seed) === pack.seed, "seed");
  need(pack.alternates === pack.sheet.alternates, "alternates");
  const ranked = await ranks(pack, seed, pause);
  need(JSON.stringify(ranked) === JSON.stringify(pack.ranked), "ranks");
  return { chances: pack.count, excluded: Object.keys(pack.excluded).length, ranked: ranked.length, digest, root: pack.root };
}

function read(data: Uint8Array): [Pack, string] {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(data);
    const whole = JSON.parse(text) as Pack & { sha256: string };
    need(canonical(whole) === text, "bytes");
    const { sha256: said, ...pack } = whole;
    need(hex(canonical(pack)) === said, "digest");
    need(pack["format"] === "cyberweek-draw-1", "format");
    return [pack as unknown as Pack, said];
  } catch (error) {
    throw error instanceof Wrong ? error : new Wrong("bytes");
  }
}

async function nodesOf(pack: Pack, pause: Pause): Promise<Uint8Array[]> {
  const joined = hexToBytes(pack.chances);
  const excluded = Object.keys(pack.excluded);
  const row: Uint8Array[] = [];
  let marked = 0;
  for (let i = 0; i < pack.count; i += 1) {
    const leaf = joined.subarray(i * 32, i * 32 + 32);
    if (i > 0) need(isBefore(joined.subarray(i * 32 - 32, i * 32), leaf), "order");
    const reason = excluded.length ? pack.excluded[bytesToHex(leaf)] : undefined;
    if (reason !== undefined) marked += 1;
    row.push(sha256(concatBytes(LEAF, leaf, utf8ToBytes(reason || ""))));
    if (i % SLICE === 0) await pause((0.4 * i) / pack.count);
  }
  need(marked === excluded.length && excluded.every((leaf) => pack.excluded[leaf] !== ""), "excluded");
  return row;
}

async function rootOf(row: Uint8Array[], pause: Pause): Promise<Uint8Array> {
  while (row.length > 1) {
    const above: Uint8Array[] = [];
    for (let i = 0; i + 1 < row.length; i += 2) {
      above.push(sha256(concatBytes(NODE, row[i] as Uint8Array, row[i + 1] as Uint8Array)));
      if (i % SLICE === 0) await pause(0.5);
    }
    if (row.length % 2) above.push(row[row.length - 1] as Uint8Array);
    row = above;
  }
  return row[0] || new Uint8Array(32);
}

/** The ranked chances with their prizes, as the pack writes them. */
async function ranks(pack: Pack, seed: Uint8Array, pause: Pause): Promise<[string, string][]> {
  const stock: string[] = [];
  for (const prize of pack.sheet.prizes) for (let i = 0; i < prize.count; i += 1) stock.push(prize.code);
  const best = new Smallest(stock.length + pack.alternates);
  const joined = hexToBytes(pack.chances);
  for (let i = 0; i < pack.count; i += 1) {
    const chance = joined.subarray(i * 32, i * 32 + 32);
    const key = bytesToHex(hmac(sha256, seed, chance));
    if (best.wants(key)) {
      const leaf = bytesToHex(chance);
      if (pack.excluded[leaf] === undefined) best.keep({ key, leaf });
    }
    if (i % SLICE === 0) await pause(0.5 + (0.5 * i) / pack.count);
  }
  return best.sorted().map((each, i) => [each.leaf, stock[i] || ""]);
}

/** JSON with sorted keys and no space, as the pack is written. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const fields = value as { readonly [name: string]: unknown };
  return `{${Object.keys(fields).sort().map((name) => `${JSON.stringify(name)}:${canonical(fields[name])}`).join(",")}}`;
}

function isBefore(a: Uint8Array, b: Uint8Array): boolean {
  for (let i = 0; i < 32; i += 1) if (a[i] !== b[i]) return (a[i] as number) < (b[i] as number);
  return false;
}

function line(source: { readonly name: string; readonly value: string }): Uint8Array {
  return utf8ToBytes(`${source.name}\x1f${source.value}\n`);
}

function hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

function need(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Wrong(what);
}
