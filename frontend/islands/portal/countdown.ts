// Turns "今天 20:00 截止" into how long that still is. Not a clock: it changes at most twice a minute, and reads well without a script.
import type { Unmount } from "../island";

export interface Words {
  /** Each with {n} where the number goes, already in the page's language. */
  days: string;
  hours: string;
  minutes: string;
  over: string;
}

export interface Props {
  /** ISO date and time with its offset. */
  until: string;
  words: Words;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export function mount(host: HTMLElement, props: Props): Unmount {
  const until = Date.parse(props.until);
  const show = (): void => {
    host.textContent = remaining(until - Date.now(), props.words);
  };
  show();
  const timer = setInterval(show, MINUTE / 2);
  return () => clearInterval(timer);
}

/** Say the milliseconds left in the largest whole unit; the last minute counts as one. */
export function remaining(left: number, words: Words): string {
  if (left <= 0) return words.over;
  if (left >= DAY) return fill(words.days, left / DAY);
  if (left >= HOUR) return fill(words.hours, left / HOUR);
  return fill(words.minutes, Math.max(left / MINUTE, 1));
}

function fill(phrase: string, count: number): string {
  return phrase.replace("{n}", String(Math.floor(count)));
}
