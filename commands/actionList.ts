import { foreignActions } from "../architect/foreign.ts";
import { runActions } from "../architect/readActions.ts";
import { voiceActions } from "../architect/readVoice.ts";
import { parts } from "./worldParts.ts";

const listed = (names: readonly string[]): string => `    ${names.toSorted().join(", ")}`;

/** What becomes of each action in the simulator, for people; every other one is refused by name and line. */
export function actionListText(): string {
	const foreign = Object.keys(foreignActions);
	const isPart = (name: string): boolean => Object.hasOwn(parts, name);
	return [
		"Run, and checked in full by the linter:",
		listed(runActions),
		"Run by what the world file holds (dataTables, conversations, externalContacts, entities), and looked through by the linter:",
		listed(foreign.filter(isPart)),
		"Run by the answers that the world file gives (actions), and looked through by the linter:",
		listed(foreign.filter((name) => !isPart(name))),
		"Run in inbound call flows beside these (inboundCall; what only a workflow has is refused there):",
		listed(voiceActions),
		"Refused by the simulator, by name and line; an error of the linter in a workflow: every other action.",
	].join("\n");
}
