// A question as residents will see it, while it is being written. Reads the form beside it; without a script the saved one stays.
import { element, fill } from "../element";
import type { Unmount } from "../island";
import { optionsOf, type Written } from "./preview/written";

interface Props {
  readonly labels: {
    readonly true: string;
    readonly false: string;
    readonly right: string;
    readonly why: string;
    readonly unexplained: string;
    readonly empty: string;
  };
}

export function mount(host: HTMLElement, { labels }: Props): Unmount | void {
  const form = document.getElementById("question-form") as HTMLFormElement | null;
  if (!form) return;
  const show = (): void => fill(host, drawn(written(form), labels));
  form.addEventListener("input", show);
  show();
  return () => form.removeEventListener("input", show);
}

function written(form: HTMLFormElement): Written {
  const value = (name: string): string => (form.elements.namedItem(name) as HTMLInputElement | null)?.value ?? "";
  return { kind: value("kind"), stem: value("stem"), options: value("options"), answer: value("answer"), explanation: value("explanation") };
}

function drawn(question: Written, labels: Props["labels"]): HTMLElement {
  const options = optionsOf(question, labels.true, labels.false).map(({ text, right }) =>
    element(
      "li",
      { class: right ? "option option-right" : "option" },
      text,
      right ? element("span", { class: "option-mark" }, ` ✓ ${labels.right}`) : null,
    ),
  );
  const why = question.explanation.trim();
  return element(
    "div",
    { class: "preview" },
    element("p", { class: question.stem.trim() ? "preview-stem" : "preview-stem muted" }, question.stem.trim() || labels.empty),
    element("ul", { class: question.kind === "tap" ? "preview-options preview-tap" : "preview-options" }, ...options),
    why
      ? element("p", { class: "preview-why" }, element("strong", {}, labels.why), ` ${why}`)
      : element("p", { class: "preview-why muted" }, labels.unexplained),
  );
}
