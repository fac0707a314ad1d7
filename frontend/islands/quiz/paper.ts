// Takes over the plain form of a paper: one question at a time without leaving the page, by touch, keyboard or screen reader.
// Not the rules: what is right, and when answers are refused, only the lane knows.
import { element, fill } from "../element";
import type { Unmount } from "../island";
import type { Shown, Told } from "./paper/protocol";
import { answered, chose, isLocked, phase, remedy, sending, step, stopped, taken, wentOn, type PaperState } from "./paper/state";
import { ask, isRefused, type Began } from "./paper/transport";
import { button, markOptions, question, result, verdict, type Labels, type Question } from "./paper/view";

export interface Props {
  readonly activity: number;
  readonly begin: string;
  readonly do: string;
  readonly attempt: string | null;
  readonly told: Told | null;
  readonly language?: string;
  readonly chances?: string;
  readonly labels: Labels;
}

export function mount(host: HTMLElement, props: Props): Unmount {
  const paper = new Paper(host, props);
  paper.start();
  return () => paper.stop();
}

class Paper {
  private readonly host: HTMLElement;
  private readonly props: Props;
  private readonly section = element("section", { class: "paper" });
  private readonly notice = element("div", { role: "alert" });
  private state: PaperState;
  private asked: Question | null = null;

  constructor(host: HTMLElement, props: Props) {
    this.host = host;
    this.props = props;
    this.state = taken(props.attempt, props.told);
  }

  start(): void {
    this.host.addEventListener("submit", this.onSubmit);
    document.addEventListener("keydown", this.onKey);
    window.addEventListener("online", this.onOnline);
    if (phase(this.state) === "asking") this.showQuestion();
    else this.host.append(this.notice);
  }

  stop(): void {
    this.host.removeEventListener("submit", this.onSubmit);
    document.removeEventListener("keydown", this.onKey);
    window.removeEventListener("online", this.onOnline);
  }

  /** The form of the question, or one that the server wrote: a beginning is recognised by its address. */
  private readonly onSubmit = (event: Event): void => {
    const form = event.target as HTMLFormElement;
    const isBegin = form.getAttribute("action") === this.props.begin;
    if (!isBegin && (!this.asked || form !== this.asked.form)) return;
    event.preventDefault();
    if (!this.state.busy) this.send(isBegin ? "begin" : "do");
  };

  private readonly onOnline = (): void => {
    if (this.state.trouble === "offline") this.repeat();
  };

  /** 1–9 choose, Enter submits or goes on. What a focused control does with a key by itself is left to it. */
  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const target = event.target as HTMLElement;
    const isControl = /^(A|BUTTON|SUMMARY|SELECT|TEXTAREA|INPUT)$/.test(target.tagName);
    const isOwnOption = target.tagName === "INPUT" && this.section.contains(target);
    if (/^[1-9]$/.test(event.key) && (!isControl || isOwnOption || this.host.contains(target))) this.press(Number(event.key) - 1, event);
    else if (event.key === "Enter" && (isOwnOption || !isControl)) this.enter(event);
  };

  private press(place: number, event: KeyboardEvent): void {
    const input = this.asked && this.asked.inputs[place];
    if (!input || phase(this.state) !== "asking" || isLocked(this.state)) return;
    event.preventDefault();
    input.focus();
    input.click();
  }

  private enter(event: KeyboardEvent): void {
    const now = phase(this.state);
    if (this.state.busy || (now !== "asking" && now !== "told")) return;
    event.preventDefault();
    if (now === "told") this.goOn();
    else if (this.state.trouble && remedy(this.state) === "again") this.repeat();
    else if (!isLocked(this.state)) this.send("do");
  }

  private send(what: "begin" | "do"): void {
    this.state = sending(this.state, what);
    this.showTrouble();
    if (!this.state.busy) return;
    if (what === "begin") void ask<Began>(this.props.begin, {}).then((said) => this.onBegan(said));
    else void ask<{ told: Told }>(this.props.do, this.command()).then((said) => this.onTold(said));
  }

  private command(): object {
    const { attempt, choice } = this.state;
    const at = step(this.state);
    return { attempt, step: at, command: { place: at - 1, choice } };
  }

  private repeat(): void {
    if (this.state.asked && !this.state.busy) this.send(this.state.asked);
  }

  private onBegan(said: Began | { refused: string }): void {
    if (isRefused(said)) return this.onRefused(said.refused);
    this.state = taken(said.attempt, said.told);
    this.showQuestion().focus();
  }

  private onTold(said: { told: Told } | { refused: string }): void {
    if (isRefused(said)) return this.onRefused(said.refused);
    this.state = answered(this.state, said.told);
    this.showTrouble();
    this.showVerdict();
  }

  private onRefused(reason: string): void {
    this.state = stopped(this.state, reason);
    this.showTrouble();
  }

  private goOn(): void {
    this.state = wentOn(this.state);
    if (phase(this.state) === "finished") this.showResult().focus();
    else this.showQuestion().focus();
  }

  /** Returns what the focus goes to, so that a screen reader begins with the question. */
  private showQuestion(): HTMLElement {
    const asked = question(this.state.shown as Shown, this.props.labels);
    this.asked = asked;
    asked.form.addEventListener("change", () => {
      this.state = chose(this.state, chosen(asked));
    });
    asked.form.insertBefore(this.notice, asked.submit);
    this.showTrouble();
    fill(this.section, asked.form);
    fill(this.host, this.section);
    return asked.stem;
  }

  private showVerdict(): void {
    const { asked, state, props } = this;
    if (!asked || !state.verdict || !state.shown || !state.ahead) return;
    const said = verdict(state.verdict, state.shown, props.labels);
    markOptions(asked, state, props.labels);
    asked.form.removeChild(asked.submit);
    asked.form.append(said, button(state.ahead.result ? props.labels.finish : props.labels.next, () => this.goOn()));
    const bar = asked.form.querySelector("progress");
    if (bar) bar.value = state.shown.place + 1;
    said.focus();
  }

  private showResult(): HTMLElement {
    const { labels, language, chances } = this.props;
    const shown = result(this.state.result as never, labels, language || document.documentElement.lang, chances || "");
    shown.append(button(labels.again, () => this.send("begin")), this.notice);
    this.asked = null;
    this.showTrouble();
    fill(this.section, shown);
    fill(this.host, this.section);
    return shown;
  }

  /** Say what stands in the way and offer the way out; also what is on its way, and nothing when all is well. */
  private showTrouble(): void {
    const { labels } = this.props;
    const locked = isLocked(this.state);
    if (this.asked && phase(this.state) === "asking") {
      this.asked.fieldset.disabled = locked;
      this.asked.submit.hidden = locked && !this.state.busy;
      this.asked.submit.disabled = this.state.busy;
      this.asked.submit.textContent = this.state.busy ? labels.sending : labels.submit;
    }
    fill(this.notice);
    if (this.state.trouble === null) return;
    const words = labels.refusals[this.state.trouble] || labels.refusals["try-again"] || "";
    const way = this.wayOut();
    this.notice.append(element("div", { class: "notice notice-error stack" }, element("p", {}, words), way));
  }

  private wayOut(): HTMLElement | null {
    const { labels } = this.props;
    const way = remedy(this.state);
    if (way === "again") return button(labels.retry, () => this.repeat());
    if (way === "begin") return button(labels.begin, () => this.send("begin"));
    if (way === "reload") return button(this.state.trouble === "finished" ? labels.finish : labels.next, () => location.reload());
    return null;
  }
}

function chosen(asked: Question): readonly number[] {
  return asked.inputs.map((input, place) => (input.checked ? place : -1)).filter((place) => place >= 0);
}
