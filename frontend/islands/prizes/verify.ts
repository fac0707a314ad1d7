// Lets anybody do a published draw again in the browser, and look a receipt up, without sending anything anywhere.
import { element, fill } from "../element";
import { check, Wrong } from "./verify/pack";
import { look } from "./verify/receipt";

interface Props {
  readonly pack: string;
  readonly announced: string;
  readonly root: string;
  readonly labels: { readonly [name: string]: string };
}

const LONGEST = 2_000; // twice the longest receipt

export function mount(host: HTMLElement, props: Props): void {
  fill(host, ...(props.pack ? [whole(props)] : []), receipt(props));
}

function whole({ pack, announced, labels }: Props): HTMLElement {
  const said = element("div", { "aria-live": "polite", class: "stack" });
  const start = element("button", { class: "button button-primary", type: "button" }, label(labels, "whole"));
  start.addEventListener("click", () => {
    const bar = element("progress", { max: 1, value: 0, "aria-label": label(labels, "working") });
    start.disabled = true;
    fill(said, element("p", {}, label(labels, "working")), bar);
    void run(pack, announced, labels, bar).then((words) => {
      fill(said, words);
      start.disabled = false;
    });
  });
  return element("section", { class: "card stack" }, start, said);
}

async function run(url: string, announced: string, labels: Props["labels"], bar: HTMLProgressElement): Promise<HTMLElement> {
  let data: Uint8Array;
  try {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(String(answer.status));
    data = new Uint8Array(await answer.arrayBuffer());
  } catch {
    return element("p", { class: "notice notice-error" }, label(labels, "offline"));
  }
  try {
    const found = await check(data, announced, (done) => breathe(bar, done));
    const counts = label(labels, "chances")
      .replace("{n}", String(found.chances))
      .replace("{excluded}", String(found.excluded))
      .replace("{ranked}", String(found.ranked));
    const digest = element("dl", { class: "digests" }, element("dt", {}, label(labels, "digest")), element("dd", {}, element("code", {}, found.digest)));
    const right = element("p", {}, element("strong", {}, label(labels, "right")));
    return element("div", { class: "notice notice-good stack" }, right, element("p", {}, counts), digest);
  } catch (error) {
    const what = error instanceof Wrong ? error.message : "bytes";
    return element("p", { class: "notice notice-error" }, `${label(labels, "wrong")}：${label(labels, `wrong_${what}`)}`);
  }
}

let breathed = 0;

/** Give the page a turn a few times a second. */
function breathe(bar: HTMLProgressElement, done: number): Promise<void> {
  if (Date.now() - breathed < 50) return Promise.resolve();
  breathed = Date.now();
  bar.value = done;
  return new Promise((go) => setTimeout(go));
}

function receipt({ root, labels }: Props): HTMLElement {
  const said = element("div", { "aria-live": "polite" });
  const text = element("textarea", { id: "receipt-text", rows: 3, spellcheck: "false" });
  const file = element("input", { id: "receipt-file", type: "file", accept: ".json,application/json" });
  const form = element(
    "form",
    { class: "stack", novalidate: true },
    element("div", { class: "field" }, element("label", { for: "receipt-text" }, label(labels, "paste")), text),
    element("div", { class: "field" }, element("label", { for: "receipt-file" }, label(labels, "file")), file),
    element("button", { class: "button" }, label(labels, "receipt")),
  );
  file.addEventListener("change", () => {
    const chosen = file.files && file.files[0];
    if (chosen && chosen.size <= LONGEST) void read(chosen).then((words) => (text.value = words));
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const verdict = look(text.value, root);
    const tone = verdict.kind === "listed" && !verdict.mark ? "good" : verdict.kind === "early" ? "warn" : "error";
    fill(said, element("p", { class: `notice notice-${tone}` }, words(verdict, labels)));
  });
  return element("section", { class: "card stack" }, form, said);
}

/** By FileReader: phones that are older than Blob.text() verify too. */
function read(file: File): Promise<string> {
  return new Promise((go) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => go(String(reader.result)));
    reader.readAsText(file);
  });
}

function words(verdict: ReturnType<typeof look>, labels: Props["labels"]): string {
  if (verdict.kind !== "listed") return label(labels, verdict.kind);
  const listed = label(labels, "listed").replace("{i}", String(verdict.index + 1)).replace("{n}", String(verdict.count));
  return verdict.mark ? `${listed} ${verdict.mark}` : listed;
}

function label(labels: Props["labels"], name: string): string {
  return labels[name] || "";
}
