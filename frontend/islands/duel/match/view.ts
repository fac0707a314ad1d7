// How a match looks: each function makes one part of the page from what is known. No state, no clock, no network.
import { element } from "../../element";
import * as art from "./art";
import type { Armed, Finished, Hit, Revealed } from "./protocol";
import type { MatchState } from "./state";

export interface Threat {
  readonly code: string;
  readonly name: string;
  readonly counter: string;
  readonly half: string;
  readonly helps: string;
}

export interface Labels {
  readonly [name: string]: string | { readonly [name: string]: string };
}

/** A label with its places filled in. */
export type Say = (name: string, values?: { readonly [name: string]: string | number }) => string;

const SHIELD = 20;

export function button(words: string, press: () => void, kind = ""): HTMLButtonElement {
  const made = element("button", { type: "button", class: `button ${kind}` }, words);
  made.addEventListener("click", press);
  return made;
}

export function head(state: MatchState, say: Say, foe: string, hurt: readonly [boolean, boolean]): HTMLElement {
  const round = (state.asked?.round ?? 0) + 1;
  const words = state.met ? say("round", { n: round, of: state.met.rounds }) : "";
  return element("header", { class: "duel-head" },
    side(say("me"), state.shields[0], "", hurt[0]),
    element("span", { class: "duel-round" }, words),
    side(foe, state.shields[1], "duel-side-foe", hurt[1]),
  );
}

function side(name: string, shield: number, kind: string, isHurt: boolean): HTMLElement {
  const made = element("div", { class: `duel-side ${kind} ${isHurt ? "duel-side-hurt" : ""}` });
  made.append(art.shield((100 * shield) / SHIELD), element("span", {}, element("b", {}, String(shield)), name));
  return made;
}

export function options(state: MatchState, say: Say, choose: (place: number) => void): HTMLElement {
  const words = state.asked?.options.length ? state.asked.options : [say("true"), say("false")];
  const buttons = words.map((word, place) => {
    const made = element("button", { type: "button", "aria-pressed": state.mine?.choice === place ? "true" : "false" }, word);
    made.disabled = state.mine !== null;
    made.addEventListener("click", () => choose(place));
    return made;
  });
  return element("div", { class: "duel-options", role: "group", "aria-label": state.asked?.stem ?? "" }, ...buttons);
}

export interface Hand {
  attack: number;
  points: number;
  cards: number[];
  rescue: boolean;
}

/** Two grids of six: what to attack with, and what to defend by. */
export function arms(hand: Hand, armed: Armed, ring: readonly Threat[], say: Say, isLocked: boolean, press: Press): HTMLElement {
  const left = armed.energy - hand.points - hand.cards.length;
  const attack = ring.map((each, number) => tile(art.threat(number), each.name + (hand.attack === number && hand.points ? ` ×${hand.points}` : ""),
    hand.attack === number && hand.points > 0, isLocked, () => press.attack(number)));
  const defend = ring.map((each, number) => tile(art.counter(number), each.counter, hand.cards.indexOf(number) >= 0, isLocked, () => press.card(number)));
  const made = element("div", { class: "stack" },
    element("p", { class: "duel-energy" }, say("energy", { n: left })),
    element("p", { class: "duel-what", id: "duel-attack" }, say("attack")),
    element("div", { class: "duel-tiles duel-attack", role: "group", "aria-labelledby": "duel-attack" }, ...attack),
    element("p", { class: "duel-what", id: "duel-defend" }, say("defend")),
    element("div", { class: "duel-tiles duel-defend", role: "group", "aria-labelledby": "duel-defend" }, ...defend),
  );
  if (armed.rescue) {
    const rescue = button(say("rescue"), press.rescue);
    rescue.setAttribute("aria-pressed", String(hand.rescue));
    rescue.disabled = isLocked;
    made.append(rescue);
  }
  const lock = button(isLocked ? say("lockedIn") : say("lock"), press.lock, "button-primary duel-go");
  lock.disabled = isLocked;
  made.append(lock);
  return made;
}

export interface Press {
  readonly attack: (threat: number) => void;
  readonly card: (card: number) => void;
  readonly rescue: () => void;
  readonly lock: () => void;
}

function tile(drawing: SVGElement, name: string, isOn: boolean, isLocked: boolean, press: () => void): HTMLButtonElement {
  const made = element("button", { type: "button", "aria-pressed": String(isOn) });
  made.append(drawing, name);
  made.disabled = isLocked;
  made.addEventListener("click", press);
  return made;
}

/** What both attacks did, in a sentence each. */
export function hits(what: Revealed, ring: readonly Threat[], say: Say, foe: string): HTMLElement {
  const [mine, theirs] = what.hits;
  return element("ul", { class: "duel-hits" },
    element("li", { class: theirs.damage ? "duel-through" : "duel-held" }, sentence(theirs, foe, ring, say)),
    element("li", {}, sentence(mine, say("me"), ring, say)),
    element("li", {}, say("shields", { mine: what.shields[0], theirs: what.shields[1] })),
  );
}

export function sentence(hit: Hit, who: string, ring: readonly Threat[], say: Say): string {
  const each = ring[hit.threat];
  if (!each || !hit.points) return say("noHit", { who });
  const values = { who, threat: each.name, n: hit.points, damage: hit.damage, struck: hit.struck, counter: each.counter };
  return say(hit.struck ? "stopped" : "hit", values);
}

/** After the match: what got through and what stops it, and the questions that went wrong. */
export function result(end: Finished, ring: readonly Threat[], say: Say, practice: string): HTMLElement {
  const made = element("div", { class: "stack" },
    element("h2", { class: "duel-result" }, say(end.result)),
    element("p", {}, say("score", { mine: end.shields[0], theirs: end.shields[1], right: end.right[0], theirRight: end.right[1] })),
    element("h3", {}, say("lessons")),
  );
  for (const number of end.lessons) {
    const each = ring[number];
    if (each) made.append(element("div", { class: "card" }, element("h3", {}, each.name), element("p", {}, say("stops", each as never)), element("p", { class: "muted" }, each.helps)));
  }
  if (!end.lessons.length) made.append(element("p", {}, say("noLessons")));
  if (end.missed.length) made.append(element("h3", {}, say("missed")));
  for (const each of end.missed) {
    const right = each.right || say(each.truth ? "false" : "true");
    made.append(element("details", {}, element("summary", {}, each.stem), element("p", {}, element("strong", {}, right)), element("p", {}, each.explanation),
      each.basis ? element("p", { class: "muted" }, each.basis) : null));
  }
  if (end.missed.length && practice) made.append(element("p", {}, element("a", { class: "button", href: practice }, say("practise"))));
  return made;
}
