// The duel's own drawings: six threats, six counters, and the shield. Lines on a field of 24 by 24, no font, no picture.

const NS = "http://www.w3.org/2000/svg";

/** By number on the ring: hook, two keys, mask with a wave, sieve, listening ear of waves, broken lock. */
const THREATS: readonly string[] = [
  "M14 3v10a4 4 0 1 1-8 0v-2l3 3M14 3h3",
  "M7 9a3 3 0 1 0 0 .1M10 9h9v3M16 9v2M9 17a2 2 0 1 0 0 .1M11 17h8v2",
  "M5 6c4 2 10 2 14 0v6c0 5-4 7-7 8-3-1-7-3-7-8zM9 11h1.5M13.5 11H15M9 15c2 1.5 4 1.5 6 0",
  "M4 6h16l-6 7v7l-4-3v-4zM8 9h8",
  "M4 10a11 11 0 0 1 16 0M7 13.5a7 7 0 0 1 10 0M12 18h.1M3 3l18 18",
  "M6 11h12v9H6zM8 11V8a4 4 0 0 1 7-2.6M12 14l-1.5 2.500h3L12 19",
];

/** By number: looking glass, double tick, stop palm, closed eye, tunnel, arrows around a copy. */
const COUNTERS: readonly string[] = [
  "M10 4a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM14.500 14.500L20 20M7.500 10l2 2 3-4",
  "M3 12l4 5L14 7M11 15l2 2L21 7",
  "M8 3h8l5 5v8l-5 5H8l-5-5V8zM8 12h8",
  "M3 10c4 5 14 5 18 0M6 13l-1.500 2.500M12 14.500V17M18 13l1.500 2.500",
  "M4 19V12a8 8 0 0 1 16 0v7M8 19v-7a4 4 0 0 1 8 0v7M12 19v-3",
  "M5 12a7 7 0 0 1 12-5l2 2M19 4v5h-5M19 12a7 7 0 0 1-12 5l-2-2M5 20v-5h5",
];

const SHIELD = "M12 2l8 3v6c0 6-4 9.500-8 11-4-1.500-8-5-8-11V5z";

export function threat(number: number): SVGElement {
  return drawing([THREATS[number] ?? ""]);
}

export function counter(number: number): SVGElement {
  return drawing([COUNTERS[number] ?? ""]);
}

/** A shield that is filled from below, of a hundred. */
export function shield(percent: number): SVGElement {
  const made = drawing([SHIELD, SHIELD]);
  made.children[0]?.setAttribute("class", "duel-shield-full");
  made.children[1]?.setAttribute("class", "duel-shield");
  const full = made.children[0];
  if (full instanceof SVGElement) full.style.transform = `scaleY(${percent / 100})`;
  return made;
}

function drawing(paths: readonly string[]): SVGElement {
  const made = document.createElementNS(NS, "svg");
  made.setAttribute("viewBox", "0 0 24 24");
  made.setAttribute("aria-hidden", "true");
  for (const path of paths) {
    const line = document.createElementNS(NS, "path");
    line.setAttribute("d", path);
    made.appendChild(line);
  }
  return made;
}
