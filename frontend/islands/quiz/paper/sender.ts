// Sends locked answers one after another, in their order; waits longer after each failure, and not at all when the network
// comes back. The same step again is the same command, so an answer whose reply was lost is simply sent again.

export interface Sending {
  /** Send the oldest unsent answer; resolves to true when the next may follow, to false when it has to wait. */
  readonly send: () => Promise<boolean>;
  readonly isDone: () => boolean;
}

const FIRST_MS = 2_000;
const LONGEST_MS = 60_000;

export class Sender {
  private readonly work: Sending;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private wait = FIRST_MS;
  private isRunning = false;
  private isPaused = false;

  constructor(work: Sending) {
    this.work = work;
  }

  start(): void {
    window.addEventListener("online", this.now);
  }

  stop(): void {
    window.removeEventListener("online", this.now);
    this.pause();
  }

  /** Do not try again by itself: what was refused will be refused again. */
  pause(): void {
    this.isPaused = true;
    clearTimeout(this.timer);
  }

  /** Try at once: the network is back, a page was opened, or somebody asked for it. */
  readonly now = (): void => {
    this.wait = FIRST_MS;
    this.isPaused = false;
    void this.run();
  };

  private async run(): Promise<void> {
    clearTimeout(this.timer);
    if (this.isRunning) return;
    this.isRunning = true;
    try {
      let goesOn = true;
      while (goesOn && !this.work.isDone()) goesOn = await this.work.send();
    } finally {
      this.isRunning = false;
    }
    if (this.isPaused || this.work.isDone()) return;
    this.timer = setTimeout(() => void this.run(), this.wait);
    this.wait = longer(this.wait);
  }
}

export function longer(wait: number): number {
  return Math.min(wait * 2, LONGEST_MS);
}
