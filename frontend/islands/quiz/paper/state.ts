// What a paper on the screen has come to, and what may happen next. Pure: neither DOM nor network nor storage.
// A person may be ahead of the server: answers are locked in order here, and told of in the same order there.
import type { Opened, Result, Shown, Told, Verdict } from "./protocol";

export interface PaperState {
  /** The signed token of the attempt, or null before the first paper. */
  readonly attempt: string | null;
  readonly daily: boolean;
  readonly questions: readonly Shown[];
  /** The locked answers by place; null for one that was given before this page knew of the paper. */
  readonly answers: readonly (readonly number[] | null)[];
  /** How many of the answers the server has told of, and what it said of them by place. */
  readonly sent: number;
  readonly verdicts: readonly (Verdict | null)[];
  readonly result: Result | null;
  /** The question on the screen, and the positions chosen so far. At the end it is one past the last. */
  readonly place: number;
  readonly choice: readonly number[];
  /** Places of which the explanation came when their question had been left: still to be read. */
  readonly late: readonly number[];
  /** A beginning is on its way. */
  readonly beginning: boolean;
  /** An answer is on its way. */
  readonly busy: boolean;
  /** Why nothing happened: a refusal's reason, or "offline". */
  readonly trouble: string | null;
}

export type Phase = "untouched" | "asking" | "sending" | "told" | "kept" | "waiting" | "finished";

/** The way out of a refused answer: send it again later, choose again, look at the page anew, leave the unit out, or none. */
export type Remedy = "later" | "choose" | "reload" | "leave-area" | "none";

const REMEDIES: { readonly [reason: string]: Remedy } = {
  "offline": "later",
  "moved": "later",
  "try-again": "later",
  "too-many": "later",
  "too-fast": "choose",
  "impossible-choice": "choose",
  "bad-request": "choose",
  "already-answered": "reload",
  "not-yet": "reload",
  "finished": "reload",
  "unknown-unit": "leave-area",
};

export function taken(attempt: string | null, opened: Opened | null, daily: boolean): PaperState {
  const questions = opened ? opened.questions : [];
  const done = opened && opened.next ? opened.next.place : questions.length;
  return {
    attempt,
    daily,
    questions,
    answers: nothing(done),
    sent: done,
    verdicts: nothing(done),
    result: opened ? opened.result : null,
    place: done,
    choice: [],
    late: [],
    beginning: false,
    busy: false,
    trouble: null,
  };
}

export function phase(state: PaperState): Phase {
  if (state.place < state.answers.length) {
    if (state.verdicts[state.place]) return "told";
    return state.busy && unsent(state) === 1 ? "sending" : "kept";
  }
  if (state.place < state.questions.length) return "asking";
  if (state.result) return "finished";
  return state.questions.length > 0 ? "waiting" : "untouched";
}

/** The question on the screen. */
export function shown(state: PaperState): Shown | null {
  return state.questions[state.place] || null;
}

/** How many locked answers the server has not told of. */
export function unsent(state: PaperState): number {
  return state.answers.length - state.sent;
}

export function allowsSeveral(question: Shown): boolean {
  return question.kind === "multiple" || question.kind === "tap";
}

export function chose(state: PaperState, choice: readonly number[]): PaperState {
  return phase(state) === "asking" ? { ...state, choice: choice.slice().sort((a, b) => a - b) } : state;
}

/** Lock the answer on the screen. An empty one is not locked: that is a trouble at once. */
export function locked(state: PaperState): PaperState {
  if (phase(state) !== "asking") return state;
  if (state.choice.length === 0) return { ...state, trouble: "impossible-choice" };
  return { ...state, answers: [...state.answers, state.choice], choice: [], trouble: null };
}

export function beginning(state: PaperState): PaperState {
  return { ...state, beginning: true, trouble: null };
}

export function notBegun(state: PaperState, reason: string): PaperState {
  return { ...state, beginning: false, trouble: reason };
}

/** The oldest answer of which the server has not told is on its way. */
export function sending(state: PaperState): PaperState {
  return { ...state, busy: true };
}

/** The server told of the oldest unsent answer. Its explanation is late when the person has gone on since. */
export function told(state: PaperState, said: Told): PaperState {
  const place = state.sent;
  return {
    ...state,
    busy: false,
    trouble: null,
    sent: place + 1,
    verdicts: [...state.verdicts, said.verdict],
    result: said.result,
    late: state.place === place ? state.late : [...state.late, place],
  };
}

/** The oldest unsent answer was not taken. One that can be chosen anew is unlocked, when it is still on the screen. */
export function refused(state: PaperState, reason: string): PaperState {
  const stopped = { ...state, busy: false, trouble: reason };
  if (remedy(reason) !== "choose" || state.place !== state.sent || unsent(state) !== 1) return stopped;
  return { ...stopped, answers: state.answers.slice(0, -1), choice: state.answers[state.place] || [] };
}

/** What can be done about a refusal of an answer. Whoever is ahead of the server cannot choose anew, only wait. */
export function remedy(reason: string): Remedy {
  return REMEDIES[reason] || "none";
}

/** Kept answers that are refused for good: nothing on this device can bring them in any more. */
export function isLost(state: PaperState): boolean {
  if (state.trouble === null || unsent(state) === 0 || state.trouble === "too-fast") return false;
  const way = remedy(state.trouble);
  return way === "none" || way === "choose";
}

/** Leave a question whose answer is locked for the next one. */
export function wentOn(state: PaperState): PaperState {
  return state.place < state.answers.length ? { ...state, place: state.place + 1, choice: [] } : state;
}

/** What an opened page goes on with: what this device kept, unless the server knows better and nothing is unsent. It
 *  begins at the first question without an answer. */
export function adopted(kept: PaperState | null, served: PaperState, guest: boolean): PaperState {
  if (!kept || !kept.attempt) return served;
  const isSame = kept.attempt === served.attempt && !served.result && kept.answers.length >= served.sent;
  const isWorth = unsent(kept) > 0 || kept.late.length > 0 || (phase(kept) !== "finished" && (isSame || guest));
  return isWorth ? { ...kept, busy: false, beginning: false, trouble: null, place: kept.answers.length } : served;
}

/** What became of an option once its answer was told of. */
export function mark(verdict: Verdict, answer: readonly number[], option: number): "right" | "wrong" | "missed" | null {
  const isCorrect = verdict.correct.indexOf(option) >= 0;
  const isChosen = answer.indexOf(option) >= 0;
  if (isCorrect) return isChosen ? "right" : "missed";
  return isChosen ? "wrong" : null;
}

function nothing(count: number): null[] {
  return Array.from({ length: count }, () => null);
}
