import { expect, test } from "vitest";
import { hourAndMinute } from "./clock";

test("the time is the city's, also around midnight", () => {
  expect(hourAndMinute(Date.UTC(2026, 10, 25, 15, 59, 59))).toBe("23:59");
  expect(hourAndMinute(Date.UTC(2026, 10, 25, 16, 0, 0))).toBe("00:00");
  expect(hourAndMinute(Date.UTC(2026, 10, 25, 1, 5, 0))).toBe("09:05");
});
