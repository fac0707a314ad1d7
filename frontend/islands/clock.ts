// The hour and minute of the city, wherever the browser's own clock is set to. China has one zone and no summer time.
const OFFSET_MS = 8 * 3_600_000;

/** HH:MM in China at so many milliseconds since the epoch. */
export function hourAndMinute(at: number): string {
  const china = new Date(at + OFFSET_MS);
  return [china.getUTCHours(), china.getUTCMinutes()].map((value) => (value < 10 ? `0${value}` : String(value))).join(":");
}
