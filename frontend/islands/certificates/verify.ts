// Checks a certificate in the browser, without asking the server: the signature proves itself. Where the browser knows no
// Ed25519, the plain form asks the server instead.
import { element, fill } from "../element";
import type { Unmount } from "../island";
import { canCheck, check, textIn, type Statement } from "./verify/check";

export interface Labels {
  readonly genuine: string;
  readonly forged: string;
  readonly activity: string;
  readonly score: string;
  readonly scored: string;
  readonly day: string;
  readonly number: string;
  readonly release: string;
  readonly note: string;
}

export interface Props {
  /** The published key, what stands before the payload when it is signed, and the format that this page knows. */
  readonly key: string;
  readonly context: string;
  readonly format: string;
  /** How activities are called, by campaign/activity. */
  readonly names: { readonly [activity: string]: string };
  readonly labels: Labels;
}

export function mount(host: HTMLElement, props: Props): Unmount {
  const form = host.querySelector("form");
  const input = host.querySelector("textarea");
  if (!form || !input) return () => undefined;
  const said = element("div", { role: "status" });
  form.insertAdjacentElement("beforebegin", said);

  const onSubmit = (event: Event): void => {
    event.preventDefault();
    void judge();
  };
  const judge = async (): Promise<void> => {
    if (!(await canCheck(props))) return form.submit();
    const old = host.querySelector("#verdict");
    if (old && old.parentNode) old.parentNode.removeChild(old);
    const found = await check(textIn(input.value), props);
    fill(said, found ? genuine(found, props) : forged(props.labels));
  };
  const onHash = (): void => {
    if (location.hash.length < 2) return;
    input.value = location.hash.slice(1);
    history.replaceState(null, "", location.pathname);
    void judge();
  };

  form.addEventListener("submit", onSubmit);
  window.addEventListener("hashchange", onHash);
  onHash();
  return () => {
    form.removeEventListener("submit", onSubmit);
    window.removeEventListener("hashchange", onHash);
  };
}

function forged(labels: Labels): HTMLElement {
  return element("div", { class: "notice notice-error", id: "verdict" }, element("p", {}, element("strong", {}, labels.forged)));
}

function genuine(found: Statement, props: Props): HTMLElement {
  const { labels } = props;
  const activity = `${found.campaign}/${found.activity}`;
  const score = labels.scored.replace("{right}", String(found.right)).replace("{of}", String(found.of));
  const lines: readonly (readonly [string, string])[] = [
    [labels.activity, props.names[activity] || activity],
    [labels.score, score],
    [labels.day, found.day],
    [labels.number, found.number],
    [labels.release, found.release.slice(0, 16)],
  ];
  const facts = element("dl", { class: "facts" });
  for (const [name, value] of lines) facts.append(element("dt", {}, name), element("dd", {}, value));
  const head = element("p", {}, element("strong", {}, labels.genuine));
  return element("div", { class: "notice notice-good stack", id: "verdict" }, head, facts, element("p", {}, labels.note));
}
