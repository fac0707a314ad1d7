// What the lane and this island say to each other. Written from the Python structs by `make fmt`; do not edit.

export interface GiveAnswer {
  readonly place: number;
  readonly choice: readonly number[];
  readonly district?: string;
  readonly unit?: string;
}

export interface Shown {
  readonly place: number;
  readonly of: number;
  readonly kind: string;
  readonly topic: string;
  readonly stem: string;
  readonly options: readonly string[];
}

export interface Verdict {
  readonly place: number;
  readonly right: boolean;
  readonly correct: readonly number[];
  readonly explanation: string;
  readonly basis: string;
}

export interface TopicResult {
  readonly code: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly right: number;
  readonly of: number;
  readonly advice_zh: string;
  readonly advice_en: string;
}

export interface Result {
  readonly right: number;
  readonly of: number;
  readonly percent: number;
  readonly passed: boolean;
  readonly topics: readonly TopicResult[];
  readonly chance: string;
}

export interface Opened {
  readonly questions: readonly Shown[];
  readonly next: Shown | null;
  readonly result: Result | null;
}

export interface Told {
  readonly verdict: Verdict | null;
  readonly next: Shown | null;
  readonly result: Result | null;
}
