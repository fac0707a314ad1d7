// Asks the lane. Every outcome is a value: what it told, or why nothing happened.
import { solve, type Challenge } from "../../work";
import type { Opened } from "./protocol";

export interface Began {
  readonly attempt: string;
  readonly told: Opened;
}

export interface Refused {
  readonly refused: string;
}

const PATIENCE = 8_000;

interface WorkFirst extends Refused {
  readonly work: Challenge;
}

/** Post JSON, and do the work that the lane asks for first; what fails or says nothing for a while is "offline". */
export async function ask<Answer>(url: string, body: object): Promise<Answer | Refused> {
  const said = await post<Answer>(url, body);
  if (!isRefused(said as object) || (said as Refused).refused !== "work-first") return said;
  return post<Answer>(url, { ...body, work: await solve((said as WorkFirst).work) });
}

function post<Answer>(url: string, body: object): Promise<Answer | Refused> {
  const request = fetch(url, {
    method: "POST",
    credentials: "same-origin",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return Promise.race([request.then((response) => read<Answer>(response)), tired()]).catch(() => ({ refused: "offline" }));
}

export function isRefused(answer: object): answer is Refused {
  return "refused" in answer;
}

/** An answer that is no JSON comes from something between here and the lane: trying again is right. */
function read<Answer>(response: Response): Promise<Answer | Refused> {
  return response.json().then(
    (said: Answer | Refused) => said,
    () => ({ refused: response.status === 429 ? "too-many" : "try-again" }),
  );
}

function tired(): Promise<never> {
  return new Promise((_resolve, reject) => setTimeout(reject, PATIENCE));
}
