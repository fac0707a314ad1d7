// The elements of a paper, with the class names of the style sheets. Not the order in which they come: that is paper.ts.
import { element } from "../../element";
import type { Result, Shown, TopicResult, Verdict } from "./protocol";
import { allowsSeveral, mark, type PaperState } from "./state";

/** What a result says beside its figures. */
export interface Prospects {
  readonly gives: boolean;
  readonly chances: string;
  readonly certificate: string;
  readonly labels: Labels;
}

/** All words, in the language of the page; {n}, {of} and {right} stand where numbers go. */
export interface Labels {
  readonly true: string;
  readonly false: string;
  readonly submit: string;
  readonly next: string;
  readonly finish: string;
  readonly retry: string;
  readonly progress: string;
  readonly right: string;
  readonly wrong: string;
  readonly correct: string;
  readonly basis: string;
  readonly single: string;
  readonly multiple: string;
  readonly truth: string;
  readonly tap: string;
  readonly score: string;
  readonly passed: string;
  readonly failed: string;
  readonly topics: string;
  readonly sending: string;
  readonly earned: string;
  readonly had: string;
  readonly missed: string;
  readonly practised: string;
  readonly chances: string;
  readonly certificate: string;
  readonly kept: string;
  readonly waiting: string;
  readonly pending: string;
  readonly sync: string;
  readonly explained: string;
  readonly see: string;
  readonly lost: string;
  readonly late: string;
  readonly discard: string;
  readonly chosen: string;
  readonly refusals: { readonly [reason: string]: string };
}

export interface Question {
  readonly form: HTMLFormElement;
  readonly fieldset: HTMLFieldSetElement;
  readonly stem: HTMLElement;
  readonly inputs: readonly HTMLInputElement[];
  readonly submit: HTMLButtonElement;
}

export function question(shown: Shown, labels: Labels): Question {
  const kind = labels[shown.kind as "single" | "multiple" | "truth" | "tap"];
  const stem = element("span", { tabindex: -1 }, shown.stem);
  const legend = element("legend", { class: "paper-stem" }, stem, " ", element("span", { class: "muted" }, kind));
  const options = optionsOf(shown, labels).map((words, place) => option(shown, words, place));
  const fieldset = element("fieldset", { class: "paper-options" }, legend);
  if (shown.kind === "tap") fieldset.append(element("div", { class: "tap-text" }, ...options));
  else fieldset.append(...options);
  const submit = element("button", { class: "button button-primary" }, labels.submit);
  const form = element("form", { class: "stack", novalidate: true }, progress(shown, labels), fieldset, submit);
  const inputs = [].slice.call(fieldset.querySelectorAll("input")) as HTMLInputElement[];
  return { form, fieldset, stem, inputs, submit };
}

/** Show on the options what was right, wrong and missed. */
export function markOptions(asked: Question, said: Verdict, answer: readonly number[], labels: Labels): void {
  asked.fieldset.disabled = true;
  asked.inputs.forEach((input, place) => {
    const marked = mark(said, answer, place);
    const label = input.parentElement;
    if (!marked || !label) return;
    const isTap = label.className === "tap";
    label.classList.add(`${isTap ? "tap" : "option"}-${marked}`);
    const words = marked === "wrong" ? `✗ ${labels.wrong}` : `✓ ${labels.correct}`;
    label.append(element("span", { class: isTap ? "visually-hidden" : "option-mark" }, words));
  });
}

export function verdict(said: Verdict, shown: Shown, labels: Labels): HTMLElement {
  const correct = wordsOf(shown, said.correct, labels);
  return element(
    "div",
    { class: `verdict verdict-${said.right ? "right" : "wrong"}`, tabindex: -1, "aria-live": "polite" },
    element("p", { class: "verdict-head" }, `${said.right ? "✓" : "✗"} ${said.right ? labels.right : labels.wrong}`),
    said.right ? null : element("p", {}, `${labels.correct}: ${correct}`),
    element("p", { class: "verdict-why" }, said.explanation),
    said.basis ? element("p", { class: "basis" }, `${labels.basis}: ${said.basis}`) : null,
  );
}

/** Answers are kept on this device, and the explanation follows. */
export function keptNotice(labels: Labels): HTMLElement {
  return element("div", { class: "notice notice-warn kept", role: "status" }, element("p", {}, labels.kept));
}

/** So many answers wait to be sent. */
export function pending(count: number, labels: Labels): HTMLElement {
  return element("p", { class: "pill pill-warn" }, put(labels.pending, "n", count));
}

/** Everything is answered, and not everything is sent. */
export function waiting(count: number, labels: Labels, send: () => void): HTMLElement {
  return element(
    "div",
    { class: "notice notice-warn stack waiting", tabindex: -1, role: "status" },
    element("p", {}, put(labels.waiting, "n", count)),
    button(labels.sync, send),
  );
}

/** The explanations that came late: open at the end, folded while somebody is still answering. */
export function explained(state: PaperState, labels: Labels, isFolded = false): HTMLElement {
  const each = state.late.map((place) => lateOne(state, place, labels));
  if (!isFolded) return element("section", { class: "stack", tabindex: -1 }, element("h2", {}, labels.explained), ...each);
  return element("details", {}, element("summary", {}, put(labels.see, "n", each.length)), element("div", { class: "stack" }, ...each));
}

export function result(state: PaperState, prospects: Prospects, language: string): HTMLElement {
  const { labels } = prospects;
  const reached = state.result as Result;
  const score = put(put(labels.score, "right", reached.right), "of", reached.of);
  return element(
    "div",
    { class: "result stack", tabindex: -1 },
    element("p", { class: "result-score" }, `${score} `, element("strong", {}, reached.passed ? labels.passed : labels.failed)),
    prospects.gives ? chance(reached, state.daily, labels) : null,
    element(
      "p",
      { class: "cluster" },
      prospects.chances && reached.chance !== "none" ? link(prospects.chances, labels.chances) : null,
      prospects.certificate && reached.passed && state.daily ? link(prospects.certificate, labels.certificate) : null,
    ),
    element("h2", {}, labels.topics),
    element("ul", { class: "result-topics" }, ...reached.topics.map((each) => topic(each, language === "en"))),
  );
}

/** What became of today's chance. */
function chance(reached: Result, isDaily: boolean, labels: Labels): HTMLElement {
  if (reached.chance === "earned") return element("p", { class: "notice notice-good" }, labels.earned);
  if (reached.chance === "had") return element("p", { class: "notice" }, labels.had);
  return element("p", { class: "notice" }, isDaily ? labels.missed : labels.practised);
}

function lateOne(state: PaperState, place: number, labels: Labels): HTMLElement | null {
  const said = state.verdicts[place];
  const asked = state.questions[place];
  const answer = state.answers[place];
  if (!said || !asked) return null;
  const shown = verdict(said, asked, labels);
  shown.insertBefore(element("p", {}, element("strong", {}, `${place + 1}. ${asked.stem}`)), shown.firstChild);
  if (answer && !said.right) shown.insertBefore(element("p", {}, `${labels.chosen}: ${wordsOf(asked, answer, labels)}`), shown.childNodes[2] || null);
  return shown;
}

function link(url: string, words: string): HTMLElement {
  return element("a", { class: "button", href: url }, words);
}

/** Options by their places, as running text. */
function wordsOf(shown: Shown, places: readonly number[], labels: Labels): string {
  const words = optionsOf(shown, labels);
  return places.map((place) => words[place]).join(shown.kind === "tap" ? " … " : " · ");
}

export function button(words: string, work: () => void): HTMLButtonElement {
  const made = element("button", { class: "button button-primary", type: "button" }, words);
  made.addEventListener("click", work);
  return made;
}

function topic(reached: TopicResult, isEnglish: boolean): HTMLElement {
  const advice = isEnglish ? reached.advice_en : reached.advice_zh;
  return element(
    "li",
    { class: "topic" },
    element("span", {}, isEnglish ? reached.name_en : reached.name_zh),
    " ",
    element("span", {}, `${reached.right}/${reached.of}`),
    advice ? element("p", { class: "advice" }, advice) : null,
  );
}

function progress(shown: Shown, labels: Labels): HTMLElement {
  const words = put(put(labels.progress, "n", shown.place + 1), "of", shown.of);
  const bar = element("progress", { max: shown.of, value: shown.place, "aria-label": words });
  return element("p", { class: "paper-progress" }, element("span", {}, words), bar);
}

function option(shown: Shown, words: string, place: number): HTMLElement {
  const type = allowsSeveral(shown) ? "checkbox" : "radio";
  const input = element("input", { type, name: "choice", value: place });
  if (shown.kind === "tap") return element("label", { class: "tap" }, input, element("span", {}, words));
  return element("label", { class: "option" }, input, " ", element("span", { class: "option-text" }, words));
}

function optionsOf(shown: Shown, labels: Labels): readonly string[] {
  return shown.kind === "truth" ? [labels.true, labels.false] : shown.options;
}

function put(phrase: string, name: string, value: number): string {
  return phrase.replace(`{${name}}`, String(value));
}
