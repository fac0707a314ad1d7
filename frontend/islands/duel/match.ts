// A match on a phone: the way in, six rounds with one thumb or the keyboard, and what was learned.
// Not the rules: what is right, in time and possible, only the house knows.
import { element, fill } from "../element";
import type { Unmount } from "../island";
import { Line } from "./match/line";
import { spent, START, told, type MatchState, type What } from "./match/state";
import * as view from "./match/view";
import type { Hand, Labels, Threat } from "./match/view";

export interface Props {
  readonly activity: number;
  readonly socket: string;
  readonly ring: readonly Threat[];
  /** Where questions that went wrong are practised; "" when nothing is open for it. */
  readonly practice: string;
  readonly labels: Labels;
}

const MOST_POINTS = 2;
const SECOND = 1000;

export function mount(host: HTMLElement, props: Props): Unmount {
  const island = new Duel(host, props);
  island.start();
  return () => island.stop();
}

class Duel {
  private readonly host: HTMLElement;
  private readonly props: Props;
  private readonly line: Line;
  private readonly section = element("section", { class: "duel stack" });
  private readonly top = element("div");
  private readonly bar = element("i");
  private readonly left = element("p", { class: "duel-left", "aria-hidden": "true" });
  private readonly stage = element("div", { class: "duel-stage stack", tabindex: "-1" });
  private readonly notice = element("p", { role: "alert" });
  private readonly status = element("p", { role: "status", class: "visually-hidden" });
  private readonly intro: Node[];
  private state: MatchState = START;
  private hand: Hand = empty();
  private isCalm = false;
  private ticking = 0;

  constructor(host: HTMLElement, props: Props) {
    this.host = host;
    this.props = props;
    this.intro = Array.prototype.slice.call(host.childNodes) as Node[];
    const address = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${props.socket}`;
    this.line = new Line(address, `cw-duel-${props.activity}`, {
      event: (what) => this.hear(what),
      waiting: (code) => this.wait(code),
      refused: (reason) => this.refused(reason),
      connected: (is) => this.warn(is ? "" : this.say("offline")),
    });
  }

  start(): void {
    this.section.append(this.notice, this.status, this.top, this.stage);
    fill(this.host, ...this.intro, this.section);
    this.ticking = window.setInterval(() => this.tick(), SECOND / 4);
    if (this.line.hasSeat) this.line.resume();
    else this.menu();
  }

  stop(): void {
    window.clearInterval(this.ticking);
    this.line.stop();
  }

  private readonly say = (name: string, values: { readonly [name: string]: string | number } = {}): string =>
    String(this.props.labels[name] ?? "").replace(/\{(\w+)\}/g, (_all, key: string) => String(values[key] ?? ""));

  private get foe(): string {
    const tempers = this.props.labels["tempers"] as { readonly [name: string]: string };
    return (this.state.met && tempers[this.state.met.foe]) || this.say("person");
  }

  /** While a match is on, the words around it make room. */
  private makeRoom(isOn: boolean): void {
    for (const each of this.intro) if (each instanceof HTMLElement) each.hidden = isOn;
    if (isOn) this.section.scrollIntoView({ block: "start" });
  }

  private menu(): void {
    this.makeRoom(false);
    const calm = element("input", { type: "checkbox", checked: this.isCalm });
    const code = element("input", { type: "text", maxlength: 20, autocomplete: "off", autocapitalize: "characters", spellcheck: "false", class: "code", id: "duel-code" });
    calm.addEventListener("change", () => (this.isCalm = calm.checked));
    const enter = (way: string, typed = "") => this.line.enter({ way, calm: this.isCalm, code: typed });
    const form = element("form", {}, element("label", { for: "duel-code" }, this.say("code")), code, element("button", { class: "button" }, this.say("join")));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (code.value.trim()) enter("friend", code.value);
    });
    fill(this.top);
    this.show("", element("div", { class: "duel-menu stack" },
      view.button(this.say(this.state.finished ? "again" : "start"), () => enter("quick"), "button-primary"),
      view.button(this.say("tutorial"), () => enter("tutorial")),
      view.button(this.say("practice"), () => enter("practice")),
      view.button(this.say("friend"), () => enter("friend")),
      form,
      element("label", { class: "duel-calm" }, calm, this.say("calm")),
    ));
  }

  private wait(code: string): void {
    this.warn("");
    const words = code ? this.say("hosting") : this.say("waiting");
    const parts: Node[] = [element("p", {}, words)];
    if (code) parts.push(element("p", { class: "duel-code" }, code));
    parts.push(view.button(this.say("cancel"), () => this.cancel()));
    this.show(`${words} ${code}`, ...parts);
  }

  private cancel(): void {
    this.line.leave();
    this.menu();
  }

  private refused(reason: string): void {
    const refusals = this.props.labels["refusals"] as { readonly [name: string]: string };
    if (refusals[reason]) this.warn(refusals[reason] ?? "");
    if (!this.line.hasSeat) this.menu();
    else this.draw(false);
  }

  private hear(what: What): void {
    const before = this.state;
    if (what.what === "revealed") this.check(before.seal, `${what.salt} ${spent(what.splits[1])}`, what.salt ? "sealBroken" : "");
    this.state = told(before, what);
    if (what.what === "armed") this.hand = empty();
    if (what.what === "met") this.makeRoom(true);
    if (what.what === "met" || what.what === "asked") this.warn("");
    if (what.what === "resumed") this.warn(this.say("resumed"));
    if (what.what === "finished" || what.what === "voided") this.line.forget();
    if (what.what === "finished") this.check(what.digest, this.state.record.join("\n"), "recordBroken");
    this.draw(what.what !== "locked");
  }

  /** Put the phase on the stage; a new one is read out, and takes the focus if the one before had it. */
  private draw(isNew: boolean): void {
    const state = this.state;
    const hurt: [boolean, boolean] = state.phase === "revealed" && state.revealed
      ? [this.lost(0), this.lost(1)] : [false, false];
    fill(this.top, view.head(state, this.say, this.foe, hurt), ...this.timer(), ...this.bulletin());
    if (state.phase === "waiting") this.show(this.say("ready"), element("h2", {}, `${this.say("me")} — ${this.foe}`), element("p", {}, this.say("ready")));
    else if (state.phase === "asked") this.question(isNew);
    else if (state.phase === "armed") this.arm(isNew);
    else if (state.phase === "revealed" && state.revealed) {
      const made = view.hits(state.revealed, this.props.ring, this.say, this.foe);
      this.show(Array.prototype.map.call(made.children, (each: Element) => each.textContent).join(" "), made);
    } else if (state.phase === "finished" && state.finished) {
      const made = view.result(state.finished, this.props.ring, this.say, this.props.practice);
      this.menu();
      this.stage.insertBefore(made, this.stage.firstChild);
      this.status.textContent = this.say(state.finished.result);
    } else if (state.phase === "voided") {
      this.menu();
      this.warn(this.say("voided"));
    }
  }

  private question(isNew: boolean): void {
    const asked = this.state.asked;
    if (!asked) return;
    const locked = this.state.mine ? this.say("answered") : this.state.theirs ? this.say("foeAnswered") : "";
    const choose = (choice: number) => this.line.move({ do: "answer", round: asked.round, choice });
    this.show(isNew ? asked.stem : locked, element("p", { class: "duel-stem" }, asked.stem), view.options(this.state, this.say, choose), element("p", {}, locked));
  }

  private arm(isNew: boolean): void {
    const { armed, asked, mine } = this.state;
    if (!armed || !asked) return;
    const right = asked.options[armed.correct] ?? this.say(armed.correct ? "false" : "true");
    const verdict = this.say(armed.right ? "right" : "wrong", { n: armed.energy, right });
    const made = view.arms(this.hand, armed, this.props.ring, this.say, mine !== null, {
      attack: (threat) => this.press(() => attackWith(this.hand, threat, armed.energy)),
      card: (card) => this.press(() => defendBy(this.hand, card, armed.energy)),
      rescue: () => this.press(() => (this.hand.rescue = !this.hand.rescue)),
      lock: () => this.line.move({ do: "lock", round: armed.round, ...this.hand }),
    });
    const locked = mine ? this.say("lockedIn") : this.state.theirs ? this.say("foeLocked") : "";
    this.show(isNew ? verdict : locked, element("p", {}, element("strong", {}, verdict)), made, element("p", {}, this.state.theirs ? this.say("foeLocked") : ""));
  }

  /** Change the hand, draw it anew, and leave the focus on the same tile. */
  private press(change: () => void): void {
    change();
    const armed = this.state.armed;
    if (armed) this.status.textContent = this.say("energy", { n: armed.energy - this.hand.points - this.hand.cards.length });
    this.draw(false);
  }

  private timer(): Node[] {
    const span = this.state.closes - this.state.opens;
    if (span <= 0) return [];
    const left = Math.max(0, this.state.closes - this.line.now);
    this.bar.style.transition = "none";
    this.bar.style.transform = `scaleX(${Math.min(1, left / span)})`;
    window.requestAnimationFrame(() => {
      this.bar.style.transition = `transform ${left}ms linear`;
      this.bar.style.transform = "scaleX(0)";
    });
    return [element("div", { class: "duel-timer" }, this.bar), this.left];
  }

  private bulletin(): Node[] {
    const asked = this.state.asked;
    const threat = asked && this.state.phase !== "finished" ? this.props.ring[asked.advised] : undefined;
    return threat ? [element("p", { class: "duel-bulletin" }, this.say("bulletin", { threat: threat.name }))] : [];
  }

  private tick(): void {
    const left = Math.ceil((this.state.closes - this.line.now) / SECOND);
    const words = this.state.closes > 0 && left >= 0 ? this.say("seconds", { n: left }) : "";
    if (this.left.textContent !== words) this.left.textContent = words;
  }

  private lost(side: 0 | 1): boolean {
    const hits = this.state.revealed?.hits;
    return hits !== undefined && hits[side === 0 ? 1 : 0].damage + hits[side].struck > 0;
  }

  private show(read: string, ...parts: Node[]): void {
    const focused = document.activeElement;
    const place = focused ? controls(this.stage).indexOf(focused) : -1;
    const hadFocus = this.stage.contains(focused);
    fill(this.stage, ...parts);
    if (read) this.status.textContent = read;
    const again = controls(this.stage)[place];
    if (hadFocus) (again instanceof HTMLButtonElement && !again.disabled ? again : this.stage).focus({ preventScroll: true });
  }

  private warn(words: string): void {
    this.notice.textContent = words;
    this.notice.className = words ? "notice notice-error" : "";
  }

  /** Compare a digest with what this phone knows; browsers without a digest of their own take the house's word. */
  private check(expected: string, text: string, broken: string): void {
    if (!broken || !expected || !window.crypto || !window.crypto.subtle) return;
    void window.crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)).then((made) => {
      const hex = Array.prototype.map.call(new Uint8Array(made), (byte: number) => `0${byte.toString(16)}`.slice(-2)).join("");
      this.section.setAttribute(`data-${broken === "sealBroken" ? "seal" : "record"}`, hex === expected ? "same" : "broken");
      if (hex !== expected) this.warn(this.say(broken));
      else if (broken === "recordBroken") this.stage.append(element("p", { class: "muted" }, this.say("record")));
    });
  }
}

function empty(): Hand {
  return { attack: 0, points: 0, cards: [], rescue: false };
}

function controls(stage: Element): Element[] {
  return Array.prototype.slice.call(stage.querySelectorAll("button,input,summary")) as Element[];
}

/** One point more of a kind, from the beginning again after the last; another kind takes the points along. */
function attackWith(hand: Hand, threat: number, energy: number): void {
  const most = Math.min(MOST_POINTS, energy - hand.cards.length);
  if (hand.attack === threat) hand.points = hand.points >= most ? 0 : hand.points + 1;
  else if (hand.points === 0) hand.points = Math.min(1, most);
  hand.attack = threat;
}

function defendBy(hand: Hand, card: number, energy: number): void {
  const at = hand.cards.indexOf(card);
  if (at >= 0) hand.cards.splice(at, 1);
  else if (hand.points + hand.cards.length < energy) hand.cards.push(card);
}
