// The elements of a paper, with the class names of the style sheets. Not the order in which they come: that is paper.ts.
import { element } from "../../element";
import type { Result, Shown, TopicResult, Verdict } from "./protocol";
import { allowsSeveral, mark, type PaperState } from "./state";

/** All words, in the language of the page; {n}, {of} and {right} stand where numbers go. */
export interface Labels {
  readonly true: string;
  readonly false: string;
  readonly submit: string;
  readonly next: string;
  readonly finish: string;
  readonly again: string;
  readonly begin: string;
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
  readonly chance_earned: string;
  readonly chance_had: string;
  readonly chance_none: string;
  readonly chance_link: string;
  readonly sending: string;
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
export function markOptions(asked: Question, state: PaperState, labels: Labels): void {
  asked.fieldset.disabled = true;
  asked.inputs.forEach((input, place) => {
    const marked = mark(state, place);
    const label = input.parentElement;
    if (!marked || !label) return;
    const isTap = label.className === "tap";
    label.classList.add(`${isTap ? "tap" : "option"}-${marked}`);
    const words = marked === "wrong" ? `✗ ${labels.wrong}` : `✓ ${labels.correct}`;
    label.append(element("span", { class: isTap ? "visually-hidden" : "option-mark" }, words));
  });
}

export function verdict(said: Verdict, shown: Shown, labels: Labels): HTMLElement {
  const words = optionsOf(shown, labels);
  const correct = said.correct.map((place) => words[place]).join(shown.kind === "tap" ? " … " : " · ");
  return element(
    "div",
    { class: `verdict verdict-${said.right ? "right" : "wrong"}`, tabindex: -1, "aria-live": "polite" },
    element("p", { class: "verdict-head" }, `${said.right ? "✓" : "✗"} ${said.right ? labels.right : labels.wrong}`),
    said.right ? null : element("p", {}, `${labels.correct}: ${correct}`),
    element("p", { class: "verdict-why" }, said.explanation),
    said.basis ? element("p", { class: "basis" }, `${labels.basis}: ${said.basis}`) : null,
  );
}

/** `chances` is where the participant's chances in the draw are seen; empty when no draw is held. */
export function result(reached: Result, labels: Labels, language: string, chances: string): HTMLElement {
  const score = put(put(labels.score, "right", reached.right), "of", reached.of);
  return element(
    "div",
    { class: "result stack", tabindex: -1 },
    element("p", { class: "result-score" }, `${score} `, element("strong", {}, reached.passed ? labels.passed : labels.failed)),
    chances ? chance(reached.chance, labels, chances) : null,
    element("h2", {}, labels.topics),
    element("ul", { class: "result-topics" }, ...reached.topics.map((each) => topic(each, language === "en"))),
  );
}

function chance(came: string, labels: Labels, url: string): HTMLElement {
  const isEarned = came === "earned";
  const words = isEarned ? labels.chance_earned : came === "had" ? labels.chance_had : labels.chance_none;
  const link = came === "none" ? null : element("a", { href: url }, labels.chance_link);
  return element("p", { class: isEarned ? "notice notice-good" : "notice" }, `${words} `, link);
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
