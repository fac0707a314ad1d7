// What the form says about options and right answers. A glance only: the server decides what is understood.

export interface Written {
  readonly kind: string;
  readonly stem: string;
  readonly options: string;
  readonly answer: string;
  readonly explanation: string;
}

export interface Option {
  readonly text: string;
  readonly right: boolean;
}

const LETTERS = "ABCDEFGHIJKLMNOPQRST";
const TRUE = /^(对|正确|是|√|t|true|a)$/i;
const LETTERED = /^[(（]?([A-Ta-t])[)）]?\s*[.．、:：)）]\s*/;

/** The options in their order, each with whether the answer names it. */
export function optionsOf(question: Written, yes: string, no: string): Option[] {
  const answer = narrow(question.answer).trim();
  if (question.kind === "truth") {
    return [
      { text: yes, right: TRUE.test(answer) },
      { text: no, right: answer !== "" && !TRUE.test(answer) },
    ];
  }
  const right = answer.toUpperCase();
  return bare(question.options.split("\n")).map((text, place) => ({
    text,
    right: right.indexOf(LETTERS.charAt(place) || "?") >= 0,
  }));
}

/** Lines that say something, without the letters that all of them may have. */
function bare(lines: readonly string[]): string[] {
  const kept = lines.map((line) => line.trim()).filter((line) => line !== "");
  const lettered = kept.every((line, place) => LETTERED.exec(line)?.[1]?.toUpperCase() === LETTERS.charAt(place));
  return lettered ? kept.map((line) => line.replace(LETTERED, "")) : kept;
}

function narrow(text: string): string {
  return text.replace(/[Ａ-Ｚａ-ｚ]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0));
}
