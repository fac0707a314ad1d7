import { expect, test } from "vitest";

import { canCheck, check, textIn } from "./check";

// The same text and key as in tests/certificates/test_statement.py: what the server signs, the browser understands.
const KEY = "3znlC5mNC3hUSo_T_6jSyuklPHcWT0-ihQSeCWCL5Yc";
const TEXT =
  "WyJjeWJlcndlZWstY2VydGlmaWNhdGUtMSIsIndlZWsiLCJxdWl6IiwiMGYwZjBmMGYwZjBmMGYwZjBmMGYwZjBmMGYwZjBmMGYwZjBmMGYwZjBmMGYwZjBmMGYwZjBmMGYwZjBmMGYwZiIsOSwxMCwiMjAyNi0xMS0yNCIsIjAwMTEyMjMzNDQ1NTY2Nzc4ODk5YWFiYiJd" +
  ".o5WOTD90aWn8q5SycgHshPSjz87fU9GGWZ0vjAvh9WNwOzzCJchoAT0nrh4zQz32XZT3FaVA9KbEmtVPzGTDCQ";
const TRUSTED = { key: KEY, context: "cyberweek certificate\n", format: "cyberweek-certificate-1" };

/** The same text with another payload. */
function edited(change: (payload: string) => string): string {
  const [payload, signature] = TEXT.split(".") as [string, string];
  const spelled = btoa(change(atob(payload.replace(/-/g, "+").replace(/_/g, "/"))));
  return `${spelled.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "")}.${signature}`;
}

test("this machine can check", async () => {
  expect(await canCheck(TRUSTED)).toBe(true);
});

test("a genuine text says what it states", async () => {
  expect(await check(TEXT, TRUSTED)).toEqual({
    campaign: "week",
    activity: "quiz",
    release: "0f".repeat(32),
    right: 9,
    of: 10,
    day: "2026-11-24",
    number: "00112233445566778899aabb",
  });
});

test.each([
  ["a better score", edited((payload) => payload.replace(",9,10,", ",10,10,"))],
  ["another day", edited((payload) => payload.replace("2026-11-24", "2026-11-25"))],
  ["another number", edited((payload) => payload.replace("00112233", "99112233"))],
  ["no signature", TEXT.split(".")[0] || ""],
  ["a longer text", `${TEXT}.AA`],
  ["another spelling of the same bytes", TEXT.slice(0, -1) + String.fromCharCode(TEXT.charCodeAt(TEXT.length - 1) + 1)],
  ["nothing", ""],
  ["what is no text", "%%%.%%%"],
])("%s is found", async (_what, text) => {
  expect(await check(text, TRUSTED)).toBeNull();
});

test("another key and another format are found", async () => {
  const other = { ...TRUSTED, key: KEY.slice(0, -2) + (KEY.slice(-2) === "AA" ? "BA" : "AA") };

  expect(await check(TEXT, other)).toBeNull();
  expect(await check(TEXT, { ...TRUSTED, format: "cyberweek-certificate-2" })).toBeNull();
});

test("a pasted address is read from its end", () => {
  expect([textIn("https://week.example/verify/#abc.def "), textIn(" abc.def")]).toEqual(["abc.def", "abc.def"]);
});
