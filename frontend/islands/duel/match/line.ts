// The connection to the house: opens again by itself, says how much was heard, and knows the house's time.
// A phone's own clock may be a day off; only differences of it are used.
import type { What } from "./state";

export interface Wish {
  readonly way: string;
  readonly calm: boolean;
  readonly code?: string;
}

export interface Heard {
  readonly event: (what: What) => void;
  readonly waiting: (code: string) => void;
  readonly refused: (reason: string) => void;
  readonly connected: (is: boolean) => void;
}

type Message =
  | { is: "event"; n: number; now: number; what: What }
  | { is: "waiting"; code: string }
  | { is: "seated"; seat: string }
  | { is: "refused"; reason: string }
  | { is: "ping"; at: number }
  | { is: "line"; line: string };

const PROTOCOL = 1;
const LOST = ["unknown-match", "forged-ticket"];
const MOST_UNOPENED = 2;
const FIRST_MS = 400;
const LONGEST_MS = 5000;

export class Line {
  private readonly address: string;
  private readonly key: string;
  private readonly heard: Heard;
  private socket: WebSocket | null = null;
  private stream: EventSource | null = null;
  private token = "";
  private posting: Promise<void> = Promise.resolve();
  /** Sockets in a row that never opened: after two, this network is taken to let none through. */
  private unopened = "WebSocket" in window ? 0 : MOST_UNOPENED;
  private wish: Wish | null = null;
  private seat: string;
  private seen = 0;
  private ahead = -Infinity;
  private pause = FIRST_MS;
  private timer = 0;
  private isStopped = false;

  constructor(address: string, key: string, heard: Heard) {
    this.address = address;
    this.key = key;
    this.heard = heard;
    this.seat = kept(key);
  }

  /** True when this device has a seat to come back to. */
  get hasSeat(): boolean {
    return this.seat !== "";
  }

  /** The house's time now (ms). */
  get now(): number {
    return performance.now() + this.ahead;
  }

  enter(wish: Wish): void {
    this.wish = wish;
    this.forget();
    if (this.isOpen) this.introduce();
    else this.open();
  }

  resume(): void {
    this.open();
  }

  move(command: object): void {
    this.say({ do: "move", command });
  }

  /** Give up a seat or a place in the queue. */
  forget(): void {
    this.seat = "";
    this.seen = 0;
    keep(this.key, "");
  }

  leave(): void {
    this.wish = null;
    this.forget();
    this.hangUp();
  }

  stop(): void {
    this.isStopped = true;
    window.clearTimeout(this.timer);
    this.hangUp();
  }

  private get isOpen(): boolean {
    return (this.socket !== null && this.socket.readyState === WebSocket.OPEN) || this.token !== "";
  }

  private open(): void {
    if (this.isStopped || this.socket || this.stream) return;
    if (this.unopened >= MOST_UNOPENED) this.openStream();
    else this.openSocket();
  }

  private openSocket(): void {
    const socket = new WebSocket(this.address);
    let opened = false;
    this.socket = socket;
    socket.onopen = () => {
      opened = true;
      this.unopened = 0;
      this.introduce();
    };
    socket.onmessage = (event) => this.hear(JSON.parse(String(event.data)) as Message);
    socket.onclose = () => {
      if (!opened) this.unopened += 1;
      if (socket === this.socket) this.closed();
    };
  }

  private openStream(): void {
    const stream = new EventSource(this.beside("stream"));
    this.stream = stream;
    stream.onmessage = (event) => this.hear(JSON.parse(String(event.data)) as Message);
    stream.onerror = () => {
      stream.close();
      if (stream === this.stream) this.closed();
    };
  }

  private beside(verb: string): string {
    return this.address.replace(/^ws/, "http").replace(/socket$/, verb);
  }

  private hangUp(): void {
    this.socket?.close();
    if (this.stream) {
      this.stream.close();
      this.closed();
    }
  }

  private introduce(): void {
    this.pause = FIRST_MS;
    this.heard.connected(true);
    if (this.seat) this.say({ do: "resume", v: PROTOCOL, seat: this.seat, seen: this.seen });
    else if (this.wish) this.say({ do: "enter", v: PROTOCOL, wish: this.wish });
  }

  private closed(): void {
    this.socket = this.stream = null;
    this.token = "";
    if (this.isStopped || (!this.seat && !this.wish)) return;
    this.heard.connected(false);
    this.timer = window.setTimeout(() => this.open(), this.pause);
    this.pause = Math.min(LONGEST_MS, this.pause * 2);
  }

  private hear(message: Message): void {
    if (message.is === "line") {
      this.token = message.line;
      this.introduce();
    } else if (message.is === "ping") {
      this.say({ do: "pong", at: message.at });
    } else if (message.is === "seated") {
      this.seat = message.seat;
      this.wish = null;
      keep(this.key, message.seat);
    } else if (message.is === "waiting") {
      this.heard.waiting(message.code);
    } else if (message.is === "refused") {
      if (LOST.indexOf(message.reason) >= 0) this.forget();
      if (message.reason === "moved" && this.seat) this.hangUp();
      else this.heard.refused(message.reason);
    } else if (message.n > this.seen) {
      this.seen = message.n;
      this.ahead = Math.max(this.ahead, message.now - performance.now());
      this.heard.event(message.what);
    }
  }

  private say(message: object): void {
    if (this.socket && this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
    else if (this.token) this.posting = this.posting.then(() => this.post(this.token, message));
  }

  /** One after another, so that they arrive in order; what does not arrive makes the phone come back. */
  private async post(line: string, say: object): Promise<void> {
    const headers = { "content-type": "application/json" };
    try {
      const answer = await fetch(this.beside("say"), { method: "POST", headers, credentials: "same-origin", body: JSON.stringify({ line, say }) });
      if (!answer.ok && line === this.token) this.hangUp();
    } catch {
      if (line === this.token) this.hangUp();
    }
  }
}

function kept(key: string): string {
  try {
    return window.localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

function keep(key: string, value: string): void {
  try {
    if (value) window.localStorage.setItem(key, value);
    else window.localStorage.removeItem(key);
  } catch {
    // a browser that keeps nothing plays all the same; only a reload loses the seat
  }
}
