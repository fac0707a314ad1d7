// Forgets what the islands keep on this device when its person asks for that. The cookies are the server's to take away.
import type { Unmount } from "../island";

const OURS = "cw-";

export function mount(host: HTMLElement): Unmount {
  const forget = (): void => {
    forgetIn(localStorage);
    forgetIn(sessionStorage);
  };
  host.addEventListener("submit", forget);
  return () => host.removeEventListener("submit", forget);
}

export function forgetIn(storage: Pick<Storage, "length" | "key" | "removeItem">): void {
  const names = Array.from({ length: storage.length }, (_none, place) => storage.key(place) || "");
  names.filter((name) => name.slice(0, OURS.length) === OURS).forEach((name) => storage.removeItem(name));
}
