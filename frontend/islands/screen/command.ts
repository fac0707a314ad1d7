// The command wall: figures by server-sent events, the rest fetched again when something happened and once a minute.
// Nothing on it needs a hand: a dropped network and a server that starts again are waited out.
import { hourAndMinute } from "../clock";
import { follow, show, type Figures } from "../figures";
import type { Unmount } from "../island";
import { Charts } from "./command/charts";
import { exchange } from "./command/parts";
import { Pulse } from "./command/pulse";

export interface Props {
  /** Where figures come from as server-sent events, and where the wall's parts are fetched. */
  readonly url: string;
  readonly parts: string;
}

const AFRESH_MS = 60_000;
const SOON_MS = 1_500;
const TICK_MS = 1_000;
const OFFICIAL = /^(task|duty|incident|release|quiz\.(papers|participants)$)/;

export function mount(host: HTMLElement, props: Props): Unmount {
  const wall = new Wall(host, props);
  wall.start();
  return () => wall.stop();
}

class Wall {
  private readonly host: HTMLElement;
  private readonly props: Props;
  private readonly charts: Charts;
  private readonly pulse = new Pulse();
  private known: { [metric: string]: number } = {};
  private hush: Unmount | undefined;
  private tick: ReturnType<typeof setInterval> | undefined;
  private due = 0;
  private asking = false;

  constructor(host: HTMLElement, props: Props) {
    this.host = host;
    this.props = props;
    this.charts = new Charts(host, this.pulse);
  }

  start(): void {
    this.due = Date.now() + AFRESH_MS;
    this.charts.start();
    this.hush = follow(this.host, this.props, "stage-changed", (figures) => this.heard(figures));
    this.tick = setInterval(() => this.step(), TICK_MS);
    this.step();
  }

  stop(): void {
    if (this.hush) this.hush();
    clearInterval(this.tick);
    this.charts.stop();
  }

  private heard(figures: Figures): void {
    this.pulse.add(Date.now(), this.growth(figures));
    for (const name of Object.keys(figures)) {
      if (OFFICIAL.test(name) && this.known[name] !== undefined) this.due = Math.min(this.due, Date.now() + SOON_MS);
      this.known[name] = figures[name] || 0;
    }
  }

  /** How much more took part than was known, over the figures that the pulse is made of. */
  private growth(figures: Figures): number {
    let sum = 0;
    const counted = this.host.querySelectorAll<HTMLElement>("[data-pulse]");
    for (let place = 0; place < counted.length; place += 1) {
      const name = (counted[place] as HTMLElement).dataset["metric"] || "";
      const now = figures[name];
      const before = this.known[name];
      if (now !== undefined && before !== undefined) sum += Math.max(now - before, 0);
    }
    return sum;
  }

  private step(): void {
    this.showTime();
    this.charts.beat(Date.now());
    if (Date.now() >= this.due && !this.asking) this.ask();
  }

  private ask(): void {
    this.asking = true;
    this.due = Date.now() + AFRESH_MS;
    fetch(this.props.parts, { headers: { accept: "text/html" }, credentials: "same-origin", cache: "no-store" })
      .then((answer) => this.taken(answer))
      .catch(() => undefined)
      .then(() => {
        this.asking = false;
      });
  }

  /** A wall that may not be seen any more, or shows another campaign than the server's, loads itself anew. */
  private async taken(answer: Response): Promise<void> {
    if (answer.status === 401 || answer.status === 403 || answer.redirected) location.reload();
    if (!answer.ok) return;
    if (!exchange(this.host, await answer.text())) location.reload();
    show(this.host, this.known, "");
    this.charts.draw();
  }

  private showTime(): void {
    const clock = document.querySelector("[data-clock]");
    const text = hourAndMinute(Date.now());
    if (clock && clock.textContent !== text) clock.textContent = text;
  }
}
