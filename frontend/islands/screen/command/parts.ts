// Puts what the server says now in the place of what the wall shows, part by part, so that charts keep their canvas.
import { fill } from "../../element";

/** Exchange every [data-part]; false when the page is of another week and has to be loaded anew. */
export function exchange(host: HTMLElement, html: string): boolean {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  if (campaignOf(fresh) !== campaignOf(host)) return false;
  const parts = host.querySelectorAll<HTMLElement>("[data-part]");
  for (let place = 0; place < parts.length; place += 1) {
    const part = parts[place] as HTMLElement;
    const other = fresh.querySelector(`[data-part="${part.dataset["part"]}"]`);
    if (other && other.innerHTML !== part.innerHTML) {
      fill(part, ...Array.prototype.map.call(other.childNodes, (each: Node) => document.importNode(each, true)) as Node[]);
    }
  }
  return true;
}

function campaignOf(where: ParentNode): string {
  const week = where.querySelector<HTMLElement>("[data-campaign]");
  return (week && week.dataset["campaign"]) || "";
}
