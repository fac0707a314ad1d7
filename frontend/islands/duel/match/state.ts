// What a phone knows of a match, told message by message. The same messages give the same state, so that a phone which comes
// back hears what it missed and stands where it stood. Not the rules: the house decides.
import type { Armed, Asked, Finished, Locked, Met, Resumed, Revealed, Split, Voided } from "./protocol";

export type What = Met | Asked | Locked | Armed | Revealed | Finished | Resumed | Voided;
export type Phase = "waiting" | "asked" | "armed" | "revealed" | "finished" | "voided";

export interface MatchState {
  readonly phase: Phase;
  readonly met: Met | null;
  readonly asked: Asked | null;
  readonly armed: Armed | null;
  readonly revealed: Revealed | null;
  readonly finished: Finished | null;
  /** What was locked in the window that is open: one's own, and whether the other side has. */
  readonly mine: Locked | null;
  readonly theirs: boolean;
  readonly seal: string;
  readonly shields: readonly [number, number];
  readonly opens: number;
  readonly closes: number;
  readonly wasResumed: boolean;
  /** A line for each round, the same as the house writes. */
  readonly record: readonly string[];
}

export const START: MatchState = {
  phase: "waiting", met: null, asked: null, armed: null, revealed: null, finished: null, mine: null, theirs: false, seal: "",
  shields: [20, 20], opens: 0, closes: 0, wasResumed: false, record: [],
};

export function told(state: MatchState, what: What): MatchState {
  switch (what.what) {
    case "met":
      return { ...START, met: what, opens: what.opens };
    case "asked":
      return { ...state, phase: "asked", asked: what, armed: null, mine: null, theirs: false, seal: "", ...span(what) };
    case "locked":
      return what.mine ? { ...state, mine: what } : { ...state, theirs: true, seal: what.phase === "split" ? (what.seal ?? "") : "" };
    case "armed":
      return { ...state, phase: "armed", armed: what, mine: null, theirs: false, seal: "", ...span(what) };
    case "revealed":
      return { ...state, phase: "revealed", revealed: what, shields: what.shields, opens: what.opens, closes: 0, record: [...state.record, line(state, what)] };
    case "finished":
      return { ...state, phase: "finished", finished: what, closes: 0 };
    case "resumed":
      return { ...state, wasResumed: true, ...(state.phase === "revealed" ? { opens: what.opens } : span(what)) };
    case "voided":
      return { ...state, phase: "voided", closes: 0 };
  }
}

/** A split as the house writes it down. */
export function spent(split: Split): string {
  const cards = [...(split.cards ?? [])].sort((a, b) => a - b).join("");
  return `${split.attack ?? 0}x${split.points ?? 0}+${cards}${split.rescue ? "!" : ""}`;
}

function span(what: { readonly opens: number; readonly closes: number }): { opens: number; closes: number } {
  return { opens: what.opens, closes: what.closes };
}

/** Sides in the house's order, which is not "mine, theirs". */
function line(state: MatchState, what: Revealed): string {
  const [first, second] = state.met?.side === 1 ? [1, 0] : [0, 1];
  const splits = [spent(what.splits[0]), spent(what.splits[1])];
  return `${what.round + 1} ${what.energy[first]}/${what.energy[second]} ${splits[first]} ${splits[second]} ${what.shields[first]}:${what.shields[second]}`;
}
