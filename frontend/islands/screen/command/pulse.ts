// How often people took part in each of the last sixty minutes. Pure, and never longer than an hour.
export const MINUTES = 60;
const MINUTE_MS = 60_000;

export interface Beat {
  /** Minutes since the epoch. */
  readonly minute: number;
  readonly count: number;
}

export class Pulse {
  private counts: { [minute: number]: number } = {};

  add(at: number, count: number): void {
    const minute = Math.floor(at / MINUTE_MS);
    this.counts[minute] = (this.counts[minute] || 0) + count;
    for (const each of Object.keys(this.counts)) if (Number(each) <= minute - MINUTES) delete this.counts[Number(each)];
  }

  /** The last sixty minutes, the oldest first; a minute of which nothing was heard counts nothing. */
  beats(at: number): Beat[] {
    const last = Math.floor(at / MINUTE_MS);
    return Array.from({ length: MINUTES }, (_none, place) => {
      const minute = last - MINUTES + 1 + place;
      return { minute, count: this.counts[minute] || 0 };
    });
  }
}
