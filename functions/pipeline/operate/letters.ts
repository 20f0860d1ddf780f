import { whyDispatch } from "../dispatch/rules.ts";
import type { Incident } from "../model/incident.ts";
import type { DispatchMessage } from "../ports.ts";

/** What the dispatcher would do with a dead letter that went back to its queue, or why nobody can tell. */
export type LetterStanding = ReturnType<typeof whyDispatch> | "malformed";

export const letterStanding = (message: DispatchMessage | undefined, incident: Incident | undefined): LetterStanding =>
	message === undefined ? "malformed" : whyDispatch(incident, message);

/** Whether a letter may go back: what is no message of ours would fail five times again. */
export const mayRedrive = (standing: LetterStanding): boolean => standing !== "malformed";
