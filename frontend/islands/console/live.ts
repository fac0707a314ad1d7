// The console's figures as they happen, without drawing attention to themselves.
import { follow, type Props } from "../figures";
import type { Unmount } from "../island";

export function mount(host: HTMLElement, props: Props): Unmount {
  return follow(host, props);
}
