import type { Picture, PicturedState } from "../picture.ts";
import { labelText } from "./escape.ts";

/** The workflow as a Mermaid flowchart, which GitHub draws: what is new or changed stands out by colour and by a word. */
export function diagramOf({ states, isNew }: Picture): string {
	const idOf = (name: string): string => `s${states.findIndex((state) => state.name === name)}`;
	return [
		"```mermaid",
		"flowchart TD",
		...states.map((state) => `	${idOf(state.name)}["${labelOf(state)}"]${isNew || state.mark === "same" ? "" : `:::${state.mark}`}`),
		...states.flatMap(({ name, leadsTo }) => leadsTo.map((next) => `	${idOf(name)} --> ${idOf(next)}`)),
		"	classDef changed fill:#fff3bf,stroke:#b35900,stroke-width:3px,color:#1f2328",
		"	classDef new fill:#d3f9d8,stroke:#1a7f37,stroke-width:3px,color:#1f2328",
		"```",
	].join("\n");
}

function labelOf({ name, calls, mark }: PicturedState): string {
	const word = mark === "same" ? "" : ` (${mark})`;
	return [`${labelText(name)}${word}`, ...calls.map(labelText)].join("<br>");
}
