// What an island is: a module `islands/<room>/<name>.ts` that exports `mount`; its parts, if it has any, live in `<name>/`.
// Not a framework: what mount does is its own affair.

/** Undo what mount set up (timers, sockets, listeners outside the host); called when the host leaves the page. */
export type Unmount = () => void;

/** Take over the host, whose children are what the server wrote. The props are the JSON of its data-props. */
export type Mount<Props> = (host: HTMLElement, props: Props) => Unmount | void;

/** The shape of every island's module. */
export interface Island<Props = unknown> {
  mount: Mount<Props>;
}
