// Takes over the plain form of a paper: one question at a time without leaving the page, by touch, keyboard or screen reader.
// Goes on without a network: answers are kept on this device and sent when it is back, explanations follow.
// Not the rules: what is right, and when answers are refused, only the lane knows.
import { element, fill } from "../element";
import type { Unmount } from "../island";
import { shelf, type Shelf } from "./paper/keep";
import type { GiveAnswer, Opened, Shown, Told } from "./paper/protocol";
import { Sender } from "./paper/sender";
import * as paper from "./paper/state";
import type { PaperState } from "./paper/state";
import { ask, isRefused, type Began } from "./paper/transport";
import { button, explained, keptNotice, markOptions, pending, question, result, verdict, waiting, type Labels, type Question } from "./paper/view";

export interface Props {
  readonly activity: number;
  readonly begin: string;
  readonly do: string;
  readonly attempt: string | null;
  readonly opened: Opened | null;
  /** The attempt is a daily paper; the quiz gives chances; nobody's device is known here (a class). */
  readonly daily: boolean;
  readonly gives: boolean;
  readonly guest: boolean;
  /** Codes of units for which this device plays, "" for none. */
  readonly district: string;
  readonly unit: string;
  readonly chances: string;
  readonly certificate: string;
  readonly language?: string;
  readonly labels: Labels;
}

export function mount(host: HTMLElement, props: Props): Unmount {
  const island = new Paper(host, props);
  island.start();
  return () => island.stop();
}

class Paper {
  private readonly host: HTMLElement;
  private readonly props: Props;
  private readonly shelf: Shelf;
  private readonly sender: Sender;
  private readonly ways: HTMLTemplateElement | null;
  private readonly section = element("section", { class: "paper stack" });
  private readonly notice = element("div", { role: "alert" });
  private readonly status = element("div", { role: "status" });
  private area: { readonly district?: string; readonly unit?: string };
  private state: PaperState;
  private asked: Question | null = null;

  constructor(host: HTMLElement, props: Props) {
    this.host = host;
    this.props = props;
    this.area = props.guest ? {} : { district: props.district, unit: props.unit };
    this.ways = host.querySelector<HTMLTemplateElement>("template[data-ways]");
    this.shelf = shelf(props.activity, props.guest);
    this.state = paper.adopted(this.shelf.load(), paper.taken(props.attempt, props.opened, props.daily), props.guest);
    this.sender = new Sender({ send: () => this.send(), isDone: () => paper.unsent(this.state) === 0 });
  }

  start(): void {
    this.host.addEventListener("submit", this.onSubmit);
    document.addEventListener("keydown", this.onKey);
    this.sender.start();
    if (paper.phase(this.state) === "untouched" || this.isServed()) this.host.append(this.notice);
    else this.show();
    this.sender.now();
  }

  stop(): void {
    this.host.removeEventListener("submit", this.onSubmit);
    document.removeEventListener("keydown", this.onKey);
    this.sender.stop();
  }

  /** The server wrote this very result, and there is nothing to add. */
  private isServed(): boolean {
    return paper.phase(this.state) === "finished" && this.state.questions.length === 0;
  }

  /** The form of the question, or one that begins a paper: that one is recognised by its address. */
  private readonly onSubmit = (event: Event): void => {
    const form = event.target as HTMLFormElement;
    const isBegin = form.getAttribute("action") === this.props.begin;
    if (!isBegin && (!this.asked || form !== this.asked.form)) return;
    event.preventDefault();
    if (isBegin) this.begin(new FormData(form));
    else this.lock();
  };

  /** 1–9 choose, Enter submits or goes on. What a focused control does with a key by itself is left to it. */
  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const target = event.target as HTMLElement;
    const isControl = /^(A|BUTTON|SUMMARY|SELECT|TEXTAREA|INPUT)$/.test(target.tagName);
    const isOwnOption = target.tagName === "INPUT" && this.section.contains(target);
    if (/^[1-9]$/.test(event.key) && (!isControl || isOwnOption)) this.press(Number(event.key) - 1, event);
    else if (event.key === "Enter" && (isOwnOption || !isControl)) this.enter(event);
  };

  private press(place: number, event: KeyboardEvent): void {
    const input = this.asked && this.asked.inputs[place];
    if (!input || paper.phase(this.state) !== "asking") return;
    event.preventDefault();
    input.focus();
    input.click();
  }

  private enter(event: KeyboardEvent): void {
    const now = paper.phase(this.state);
    if (now !== "asking" && now !== "told" && now !== "kept") return;
    event.preventDefault();
    if (now === "asking") this.lock();
    else this.goOn();
  }

  private begin(fields: FormData): void {
    if (this.state.beginning) return;
    const mode = Number(fields.get("mode") || 0);
    const admission = fields.get("admission");
    this.state = paper.beginning(this.state);
    this.showTrouble();
    void ask<Began>(this.props.begin, admission ? { admission } : { mode }).then((said) => {
      if (isRefused(said)) this.state = paper.notBegun(this.state, said.refused);
      else this.state = paper.taken(said.attempt, said.told, mode === 0 && !admission);
      if (isRefused(said)) return this.showTrouble(fields);
      this.shelf.save(this.state);
      this.show().focus();
    });
  }

  private lock(): void {
    this.state = paper.locked(this.state);
    if (paper.phase(this.state) === "asking") return this.showTrouble();
    this.shelf.save(this.state);
    this.sender.now();
    this.showAnswer();
  }

  /** Send the oldest unsent answer. */
  private async send(): Promise<boolean> {
    this.state = paper.sending(this.state);
    this.showAnswer();
    const said = await ask<{ told: Told }>(this.props.do, this.command());
    const goesOn = isRefused(said) ? this.onRefused(said.refused) : this.onTold(said.told);
    this.showAnswer();
    return goesOn;
  }

  private command(): { readonly attempt: string | null; readonly step: number; readonly command: GiveAnswer } {
    const { attempt, answers, questions, sent } = this.state;
    const isLast = sent + 1 === questions.length;
    const answer = { place: sent, choice: answers[sent] || [] };
    return { attempt, step: sent + 1, command: isLast ? { ...answer, ...this.area } : answer };
  }

  private onTold(told: Told): boolean {
    this.state = paper.told(this.state, told);
    this.shelf.save(this.state);
    return true;
  }

  private onRefused(reason: string): boolean {
    this.state = paper.refused(this.state, reason);
    this.shelf.save(this.state);
    const way = paper.remedy(reason);
    if (way === "leave-area") this.area = {};
    if (way === "reload") this.reload();
    if (paper.isLost(this.state)) this.sender.pause();
    return way === "leave-area";
  }

  private reload(): void {
    this.shelf.forget();
    location.reload();
  }

  private goOn(): void {
    this.state = paper.wentOn(this.state);
    this.shelf.save(this.state);
    this.show().focus();
  }

  /** Show what the paper has come to; returns what the focus goes to, so that a screen reader begins there. */
  private show(): HTMLElement {
    const now = paper.phase(this.state);
    if (now === "finished") return this.showResult();
    if (now === "waiting") return this.showWaiting();
    return this.showQuestion();
  }

  private showQuestion(): HTMLElement {
    const asked = question(paper.shown(this.state) as Shown, this.props.labels);
    this.asked = asked;
    asked.form.addEventListener("change", () => {
      this.state = paper.chose(this.state, chosen(asked));
    });
    asked.form.insertBefore(this.notice, asked.submit);
    fill(this.section, this.status, asked.form);
    fill(this.host, this.section);
    this.showTrouble();
    this.showPending();
    return asked.stem;
  }

  /** The answer on the screen: on its way, told of, or kept; also what has become of those before it. */
  private showAnswer(): void {
    const now = paper.phase(this.state);
    this.showPending();
    if (now === "finished" && this.section.querySelector(".waiting")) this.show().focus();
    else if (now === "waiting" && this.state.busy === false) this.showWaiting();
    if (!this.asked) return;
    this.asked.fieldset.disabled = now !== "asking";
    this.asked.submit.disabled = now === "sending";
    this.asked.submit.textContent = now === "sending" ? this.props.labels.sending : this.props.labels.submit;
    if (now === "told") this.showVerdict(this.asked);
    else if (now === "kept") this.showKept(this.asked);
    else this.showTrouble();
  }

  private showVerdict(asked: Question): void {
    const { state, props } = this;
    const said = state.verdicts[state.place];
    const answer = state.answers[state.place];
    if (!said || !answer || asked.form.querySelector(".verdict")) return;
    fill(this.notice);
    markOptions(asked, said, answer, props.labels);
    const told = verdict(said, paper.shown(state) as Shown, props.labels);
    const isLast = state.place + 1 === state.questions.length;
    this.leaveSubmit(asked, told, button(isLast ? props.labels.finish : props.labels.next, () => this.goOn()));
    told.focus();
  }

  private showKept(asked: Question): void {
    const { labels } = this.props;
    if (paper.isLost(this.state)) return this.showTrouble();
    if (asked.form.querySelector(".kept")) return;
    fill(this.notice);
    const isLast = this.state.place + 1 === this.state.questions.length;
    this.leaveSubmit(asked, keptNotice(labels), button(isLast ? labels.finish : labels.next, () => this.goOn()));
  }

  private leaveSubmit(asked: Question, ...instead: readonly HTMLElement[]): void {
    const old = asked.form.querySelectorAll(".instead");
    for (let place = 0; place < old.length; place += 1) asked.form.removeChild(old[place] as Node);
    asked.submit.hidden = true;
    asked.form.append(element("div", { class: "instead stack" }, ...instead));
    const bar = asked.form.querySelector("progress");
    if (bar) bar.value = this.state.place + 1;
  }

  private showWaiting(): HTMLElement {
    const shown = waiting(paper.unsent(this.state), this.props.labels, () => this.sender.now());
    this.asked = null;
    fill(this.section, this.notice, shown);
    fill(this.host, this.section);
    this.showTrouble();
    return shown;
  }

  private showResult(): HTMLElement {
    const { labels, language } = this.props;
    const late = this.state.late.length > 0 ? explained(this.state, labels) : null;
    const shown = result(this.state, this.props, language || document.documentElement.lang);
    if (this.ways) shown.append(document.importNode(this.ways.content, true));
    this.asked = null;
    this.shelf.forget();
    fill(this.section, ...(late ? [late, shown] : [shown]), this.notice);
    fill(this.host, this.section);
    this.showTrouble();
    return late || shown;
  }

  /** How many answers wait to be sent, and explanations to be read; nothing when there are none. */
  private showPending(): void {
    const { labels } = this.props;
    fill(this.status);
    if (!this.asked) return;
    const before = paper.unsent(this.state) - (paper.phase(this.state) === "asking" ? 0 : 1);
    if (before > 0 && !paper.isLost(this.state)) this.status.append(pending(before, labels));
    if (this.state.late.length > 0) this.status.append(explained(this.state, labels, true));
  }

  /** Say what stands in the way, and the way out; nothing when all is well. A beginning that failed is begun again. */
  private showTrouble(fields?: FormData): void {
    const { labels } = this.props;
    const reason = this.state.trouble;
    fill(this.notice);
    const isLost = paper.isLost(this.state);
    if (reason === null || (paper.unsent(this.state) > 0 && !isLost)) return;
    const said = labels.refusals[reason] || labels.refusals["try-again"] || "";
    const words = isLost ? labels.lost + (reason === "closed" ? labels.late : said) : said;
    const box = element("div", { class: "notice notice-error stack" }, element("p", {}, words));
    if (isLost) box.append(button(labels.discard, () => this.reload()));
    else if (fields) box.append(button(labels.retry, () => this.begin(fields)));
    this.notice.append(box);
  }
}

function chosen(asked: Question): readonly number[] {
  return asked.inputs.map((input, place) => (input.checked ? place : -1)).filter((place) => place >= 0);
}
