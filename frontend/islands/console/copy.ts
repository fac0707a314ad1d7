// A button that copies the text in the field beside it, to be pasted into a chat; without it the field is selected by hand.
import { element } from "../element";
import type { Unmount } from "../island";

export interface Props {
  readonly copy: string;
  readonly done: string;
  readonly failed: string;
}

export function mount(host: HTMLElement, props: Props): Unmount {
  const field = host.querySelector("textarea");
  const said = element("span", { role: "status", class: "muted" });
  const button = element("button", { type: "button" }, props.copy);
  const line = element("p", { class: "cluster" }, button, said);
  button.addEventListener("click", () => {
    void copied(field?.value ?? "").then((isCopied) => {
      said.textContent = isCopied ? props.done : props.failed;
      if (!isCopied) field?.select();
    });
  });
  host.append(line);
  return () => line.remove();
}

/** Put a text on the clipboard; false where the browser does not let a page do so. */
export async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
