// Keeps the figures of a page alive: [data-metric="quiz.answers"] shows what the server's events say of it.
// Not an island itself: screen/live and console/live are, and differ only in how a change is shown.
import { element } from "./element";
import type { Unmount } from "./island";

export interface Props {
  /** Where server-sent events come from; each message is {"metric": number, …}, the first one has all of them. */
  readonly url: string;
  /** Said when the connection has dropped; {time} is when a figure last came. */
  readonly labels?: { readonly lost?: string };
}

export type Figures = { readonly [metric: string]: number };

const COUNT_MS = 600;
const GRACE_MS = 3_000;
const REOPEN_MS = 5_000;
const LOST: { readonly [language: string]: string } = {
  zh: "连接断开了，数字停在 {time}；正在重连。",
  en: "Connection lost; figures as of {time}. Reconnecting.",
};

/** Follow the events until the island leaves the page. `changed` is put on a figure for as long as it is news;
    `heard` is told what each message says, after the figures show it. */
export function follow(host: HTMLElement, props: Props, changed = "", heard?: (figures: Figures) => void): Unmount {
  let source: EventSource | undefined;
  let reopening: ReturnType<typeof setTimeout> | undefined;
  let losing: ReturnType<typeof setTimeout> | undefined;
  let last = new Date();
  const lost = element("p", { class: "stage-still notice notice-warn", role: "status", hidden: true });

  const open = (): void => {
    source = new EventSource(props.url);
    source.onopen = found;
    source.onmessage = (event: MessageEvent<string>) => {
      found();
      last = new Date();
      const figures = JSON.parse(event.data) as Figures;
      show(host, figures, changed);
      if (heard) heard(figures);
    };
    source.onerror = () => {
      if (losing === undefined) losing = setTimeout(lose, GRACE_MS);
      if (source && source.readyState === EventSource.CLOSED) reopening = setTimeout(open, REOPEN_MS);
    };
  };
  const found = (): void => {
    clearTimeout(losing);
    losing = undefined;
    lost.hidden = true;
    host.dataset["live"] = "on";
  };
  const lose = (): void => {
    lost.textContent = lostWords(props, last, document.documentElement.lang);
    lost.hidden = false;
    host.dataset["live"] = "lost";
  };

  host.append(lost);
  open();
  return () => {
    clearTimeout(losing);
    clearTimeout(reopening);
    if (source) source.close();
  };
}

/** The words of a lost connection, with the time of the last figure. */
export function lostWords(props: Props, at: Date, language: string): string {
  const own = props.labels ? props.labels.lost : undefined;
  const words = own || LOST[language.slice(0, 2)] || LOST["zh"] || "";
  return words.replace("{time}", [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(":"));
}

/** The number that a text shows; a dash is nothing yet. */
export function numberIn(text: string): number {
  return Number(text.replace(/[^0-9]/g, "")) || 0;
}

/** The number on the way from one to another, `share` of the time having passed; it arrives exactly and slows down before. */
export function between(from: number, to: number, share: number): number {
  if (share >= 1) return to;
  return Math.round(from + (to - from) * (1 - (1 - share) ** 3));
}

export function thousands(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** Put figures into the texts that bear their names. */
export function show(host: HTMLElement, figures: Figures, changed: string): void {
  const shown = host.querySelectorAll<HTMLElement>("[data-metric]");
  for (let place = 0; place < shown.length; place += 1) {
    const figure = shown[place];
    const value = figure ? figures[figure.dataset["metric"] || ""] : undefined;
    if (figure && value !== undefined) turn(figure, value, changed);
  }
}

function turn(figure: HTMLElement, value: number, changed: string): void {
  const from = numberIn(figure.textContent || "");
  figure.dataset["goal"] = String(value);
  if (from === value) return;
  if (changed) announce(figure, changed);
  if (wantsStillness()) figure.textContent = thousands(value);
  else count(figure, from, value);
}

function count(figure: HTMLElement, from: number, to: number): void {
  const began = performance.now();
  const frame = (now: number): void => {
    if (figure.dataset["goal"] !== String(to)) return;
    const share = Math.max(now - began, 0) / COUNT_MS;
    figure.textContent = thousands(between(from, to, share));
    if (share < 1) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

function announce(figure: HTMLElement, changed: string): void {
  figure.classList.add(changed);
  setTimeout(() => figure.classList.remove(changed), 2 * COUNT_MS);
}

function wantsStillness(): boolean {
  const isElder = document.documentElement.dataset["view"] === "elder";
  return isElder || document.hidden || matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
