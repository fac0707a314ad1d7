// Keeps a paper on this device, so that answers outlive a lost network and a closed browser. Not the queue itself: that is
// the state. A paper of a class is kept only until its tab is closed.
import type { PaperState } from "./state";

export interface Shelf {
  load(): PaperState | null;
  save(state: PaperState): void;
  forget(): void;
}

const SHAPE = 1;

/** A device that lets nothing be kept plays all the same. */
export function shelf(activity: number, guest: boolean): Shelf {
  const name = guest ? `cw-guest${location.pathname.replace(/^\/en\//, "/")}` : `cw-paper-${activity}`;
  const storage = guest ? () => sessionStorage : () => localStorage;
  return {
    load: () => attempted(() => read(storage().getItem(name))),
    save: (state) => void attempted(() => storage().setItem(name, JSON.stringify({ shape: SHAPE, state }))),
    forget: () => void attempted(() => storage().removeItem(name)),
  };
}

function read(text: string | null): PaperState | null {
  const kept = text === null ? null : (JSON.parse(text) as { readonly shape: number; readonly state: PaperState });
  return kept && kept.shape === SHAPE ? kept.state : null;
}

function attempted<Found>(work: () => Found): Found | null {
  try {
    return work();
  } catch {
    return null;
  }
}
