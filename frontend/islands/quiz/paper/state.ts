// What a paper on the screen has come to, and what may happen next. Pure: neither DOM nor network.
import type { Result, Shown, Told, Verdict } from "./protocol";

export interface PaperState {
  /** The signed token of the attempt, or null before the first paper. */
  readonly attempt: string | null;
  /** The question on the screen, with the positions chosen so far. */
  readonly shown: Shown | null;
  readonly choice: readonly number[];
  /** What was said of that question once its answer was locked, and what follows when the person goes on. */
  readonly verdict: Verdict | null;
  readonly ahead: Told | null;
  readonly result: Result | null;
  /** What is on its way to the server, and again what a retry would repeat. */
  readonly asked: "begin" | "do" | null;
  readonly busy: boolean;
  /** Why nothing happened: a refusal's reason, or "offline". */
  readonly trouble: string | null;
}

export type Phase = "untouched" | "asking" | "told" | "finished";

/** The way out of a trouble: send the same again, choose again, look at the page anew, take a fresh paper, or nothing. */
export type Remedy = "again" | "choose" | "reload" | "begin" | "none";

const REMEDIES: { readonly [reason: string]: Remedy } = {
  "offline": "again",
  "moved": "again",
  "try-again": "again",
  "too-many": "again",
  "too-fast": "choose",
  "impossible-choice": "choose",
  "bad-request": "choose",
  "already-answered": "reload",
  "not-yet": "reload",
  "finished": "reload",
  "forged-ticket": "begin",
  "unknown-release": "begin",
};

export function taken(attempt: string | null, told: Told | null): PaperState {
  return {
    attempt,
    shown: told ? told.next : null,
    choice: [],
    verdict: null,
    ahead: null,
    result: told ? told.result : null,
    asked: null,
    busy: false,
    trouble: null,
  };
}

export function phase(state: PaperState): Phase {
  if (state.result) return "finished";
  if (!state.shown) return "untouched";
  return state.verdict ? "told" : "asking";
}

/** The step of the command that answers the shown question: the same question again is the same command. */
export function step(state: PaperState): number {
  return state.shown ? state.shown.place + 1 : 0;
}

export function allowsSeveral(shown: Shown): boolean {
  return shown.kind === "multiple" || shown.kind === "tap";
}

export function chose(state: PaperState, choice: readonly number[]): PaperState {
  if (phase(state) !== "asking" || isLocked(state)) return state;
  return { ...state, choice: choice.slice().sort((a, b) => a - b) };
}

/** Something is on its way; whoever calls this sends it. An empty answer is not sent: that is a trouble at once. */
export function sending(state: PaperState, asked: "begin" | "do"): PaperState {
  if (asked === "do" && state.choice.length === 0) return stopped({ ...state, asked }, "impossible-choice");
  return { ...state, asked, busy: true, trouble: null };
}

export function answered(state: PaperState, told: Told): PaperState {
  return { ...state, asked: null, busy: false, trouble: null, verdict: told.verdict, ahead: told };
}

export function stopped(state: PaperState, reason: string): PaperState {
  return { ...state, busy: false, trouble: reason };
}

/** Leave the verdict for the next question, or for the result. */
export function wentOn(state: PaperState): PaperState {
  return state.ahead ? taken(state.attempt, state.ahead) : state;
}

export function remedy(state: PaperState): Remedy {
  if (state.trouble === null) return "none";
  const found = REMEDIES[state.trouble] || "none";
  return found === "choose" && state.asked === "begin" ? "again" : found;
}

/** True while the choice may already be in the ledger, so that another one would be shown beside the wrong verdict. */
export function isLocked(state: PaperState): boolean {
  return state.busy || (state.trouble !== null && remedy(state) !== "choose");
}

/** What became of an option once its answer was locked. */
export function mark(state: PaperState, option: number): "right" | "wrong" | "missed" | null {
  if (!state.verdict) return null;
  const isCorrect = state.verdict.correct.indexOf(option) >= 0;
  const isChosen = state.choice.indexOf(option) >= 0;
  if (isCorrect) return isChosen ? "right" : "missed";
  return isChosen ? "wrong" : null;
}
