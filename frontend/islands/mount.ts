// The element <cw-island name="room/island" data-props="{…}">: loads the named island when it appears and hands it the props.
// What the server wrote inside stays as it is until then, and for good if anything fails.
import "./polyfills";
import type { Island, Unmount } from "./island";

const islands = import.meta.glob<Island>(["./*/*.ts", "!./*/*.test.ts"]);

class IslandElement extends HTMLElement {
  private unmount: Unmount | void = undefined;

  connectedCallback(): void {
    this.load().catch((error: unknown) => {
      this.dataset["state"] = "failed";
      console.error(`island ${this.getAttribute("name")} failed`, error);
    });
  }

  disconnectedCallback(): void {
    this.unmount?.();
    this.unmount = undefined;
    delete this.dataset["state"];
  }

  private async load(): Promise<void> {
    const load = islands[`./${this.getAttribute("name")}.ts`];
    if (!load) throw new Error("there is no island of this name");
    const props: unknown = JSON.parse(this.dataset["props"] ?? "{}");
    const { mount } = await load();
    if (!this.isConnected || this.dataset["state"]) return;
    this.dataset["state"] = "mounted";
    this.unmount = mount(this, props);
  }
}

customElements.define("cw-island", IslandElement);
