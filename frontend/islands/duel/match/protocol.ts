// What the lane and this island say to each other. Written from the Python structs by `make fmt`; do not edit.

export interface Split {
  readonly attack?: number;
  readonly points?: number;
  readonly cards?: readonly number[];
  readonly rescue?: boolean;
}

export interface Hit {
  readonly threat: number;
  readonly points: number;
  readonly damage: number;
  readonly struck: number;
}

export interface Answer {
  readonly do: "answer";
  readonly round: number;
  readonly choice: number;
}

export interface Lock {
  readonly do: "lock";
  readonly round: number;
  readonly attack?: number;
  readonly points?: number;
  readonly cards?: readonly number[];
  readonly rescue?: boolean;
}

export interface Met {
  readonly what: "met";
  readonly side: number;
  readonly rounds: number;
  readonly way: string;
  readonly calm: boolean;
  readonly foe: string;
  readonly opens: number;
}

export interface Asked {
  readonly what: "asked";
  readonly round: number;
  readonly kind: string;
  readonly stem: string;
  readonly options: readonly string[];
  readonly advised: number;
  readonly opens: number;
  readonly closes: number;
}

export interface Locked {
  readonly what: "locked";
  readonly round: number;
  readonly phase: string;
  readonly mine: boolean;
  readonly seal?: string;
  readonly choice?: number;
  readonly split?: Split | null;
}

export interface Armed {
  readonly what: "armed";
  readonly round: number;
  readonly right: boolean;
  readonly correct: number;
  readonly energy: number;
  readonly rescue: boolean;
  readonly opens: number;
  readonly closes: number;
}

export interface Revealed {
  readonly what: "revealed";
  readonly round: number;
  readonly energy: readonly [number, number];
  readonly splits: readonly [Split, Split];
  readonly salt: string;
  readonly hits: readonly [Hit, Hit];
  readonly shields: readonly [number, number];
  readonly opens: number;
}

export interface Missed {
  readonly topic: string;
  readonly stem: string;
  readonly right: string;
  readonly truth: number;
  readonly explanation: string;
  readonly basis: string;
}

export interface Finished {
  readonly what: "finished";
  readonly result: string;
  readonly shields: readonly [number, number];
  readonly right: readonly [number, number];
  readonly digest: string;
  readonly lessons: readonly number[];
  readonly missed: readonly Missed[];
}

export interface Resumed {
  readonly what: "resumed";
  readonly round: number;
  readonly phase: string;
  readonly opens: number;
  readonly closes: number;
}

export interface Voided {
  readonly what: "voided";
}
