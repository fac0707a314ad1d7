// Keys for going through a table without a mouse: J and K move, Enter opens, X ticks, / searches, and a letter goes to another view.
// The table stays as it is; whoever uses no keys notices nothing.
import type { Unmount } from "../island";

export interface Props {
  /** What is a row. */
  readonly rows: string;
}

export function mount(host: HTMLElement, props: Props): Unmount {
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (act(event.key, Array.from(host.querySelectorAll<HTMLElement>(props.rows)))) event.preventDefault();
  };
  document.addEventListener("keydown", press);
  return () => document.removeEventListener("keydown", press);
}

/** The row to go to from one: the first when none has the focus, and never beyond an end. */
export function moved(at: number, by: number, many: number): number {
  if (at < 0) return many > 0 ? 0 : -1;
  return Math.min(Math.max(at + by, 0), many - 1);
}

/** True where a letter is a letter. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const field = target.closest("input, textarea, select");
  return field !== null && field.getAttribute("type") !== "checkbox";
}

function act(key: string, rows: readonly HTMLElement[]): boolean {
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[key];
  if (step !== undefined && (key.length === 1 || at >= 0)) {
    rows[moved(at, step, rows.length)]?.querySelector<HTMLElement>("a")?.focus();
    return true;
  }
  if (key === "x" && at >= 0) {
    rows[at]?.querySelector<HTMLInputElement>("input[type=checkbox]")?.click();
    return true;
  }
  const wanted = key === "/" ? "input[type=search]" : /^[a-z]$/.test(key) ? `[data-key="${key}"]` : "";
  const found = wanted ? document.querySelector<HTMLElement>(wanted) : null;
  if (found instanceof HTMLAnchorElement) found.click();
  else found?.focus();
  return found !== null;
}
