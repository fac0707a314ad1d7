// The wall's figures as they happen. Without it the page refreshes itself.
import { follow, type Props } from "../figures";
import type { Unmount } from "../island";

export function mount(host: HTMLElement, props: Props): Unmount {
  return follow(host, props, "stage-changed");
}
