// Keeps the smallest keys of a long run without keeping the run. Not sorted until asked.

export interface Keyed {
  readonly key: string;
  readonly leaf: string;
}

const SLACK = 2_000; // so many more are let in before the larger half is thrown out

export class Smallest {
  private readonly places: number;
  private kept: Keyed[] = [];
  private largest = "";

  constructor(places: number) {
    this.places = places;
  }

  /** True when a key would be kept, so that whoever asks need not look further. */
  wants(key: string): boolean {
    return this.kept.length < this.places || key < this.largest;
  }

  keep(each: Keyed): void {
    this.kept.push(each);
    const isFull = this.kept.length === this.places || this.kept.length >= 2 * this.places + SLACK;
    if (!isFull) return;
    this.kept = this.sorted();
    this.largest = (this.kept[this.places - 1] as Keyed).key;
  }

  sorted(): Keyed[] {
    return this.kept.slice().sort((a, b) => (a.key < b.key ? -1 : 1)).slice(0, this.places);
  }
}
