// Says in the page's words why a key could not be used; the library tells only the browser's log.
import type { Unmount } from "../island";

export function mount(host: HTMLElement): Unmount {
  const said = Array.from(host.querySelectorAll<HTMLElement>("[data-when]"));
  const tell = (event: Event): void => {
    const shown = chosen(nameOf(event), said.map((each) => each.dataset["when"] ?? ""));
    said.forEach((each, place) => (each.hidden = place !== shown));
    event.preventDefault();
  };
  document.addEventListener("allauth.error", tell);
  return () => document.removeEventListener("allauth.error", tell);
}

/** The place of the sentence for an error of this name; the sentence for "" stands for every other. */
export function chosen(name: string, known: readonly string[]): number {
  return known.indexOf(known.includes(name) ? name : "");
}

function nameOf(event: Event): string {
  const error: unknown = event instanceof CustomEvent ? event.detail?.exception : undefined;
  return error instanceof Error || error instanceof DOMException ? error.name : "";
}
