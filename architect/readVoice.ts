import { isMap, isScalar } from "yaml";
import type { Action, Branch, Unmodelled, Value } from "./model.ts";
import type { Entry, Nodes, ReadActions } from "./readNodes.ts";
import { readPathsOf } from "./readUnmodelled.ts";
import { readValue } from "./readValues.ts";

type VoiceReader = (entry: Entry, nodes: Nodes, readActions: ReadActions) => Action;

/** The path of a transfer that the caller went: the vendor has no name for it, because nothing of the flow follows. */
const transferred = "transferred";

/** What an inbound call flow does to the call, to be run: each is as a vendor's blueprint has it. */
const readers = {
	playAudio: (entry, nodes) => asking(entry, nodes, ["audio"], []),
	transferToAcd: (entry, nodes, readActions) => {
		const written = readPathsOf(entry, nodes, readActions);
		const failure = written.find(({ name }) => name === "failure") ?? { name: "failure", actions: undefined };
		return asking(
			entry,
			nodes,
			["targetQueue", "preTransferAudio"],
			[{ name: transferred, actions: [ending(entry, transferred)] }, failure],
		);
	},
	disconnect: (entry) => ending(entry, "disconnected"),
} as const satisfies Readonly<Record<string, VoiceReader>>;

/** The actions that only a flow of calls has. */
export const voiceActions: readonly string[] = Object.keys(readers);

export const voiceReader = (key: string): VoiceReader | undefined => (Object.hasOwn(readers, key) ? Reflect.get(readers, key) : undefined);

/** Nothing of the flow runs after it. */
const ending = ({ key, place }: Entry, reason: string): Action => ({
	kind: "endWorkflow",
	name: key,
	place,
	exitReason: { kind: "lit", lit: reason },
});

function asking(entry: Entry, nodes: Nodes, inputs: readonly string[], paths: readonly Branch[]): Unmodelled {
	const fields = isMap(entry.value) ? nodes.entries(entry, entry.key) : [];
	const name = fields.find(({ key }) => key === "name");
	const given = fields.flatMap((field) => (inputs.includes(field.key) ? [[field.key, audioOrValue(field, nodes)] as const] : []));
	return {
		kind: "unmodelled",
		type: entry.key,
		name: nodes.text(name, "the action's name", entry.key),
		place: entry.place,
		values: given.map(([, value]) => value),
		writes: [],
		paths,
		asks: { inputs: Object.fromEntries(given), outputs: {} },
	};
}

/** `tts: <text>` is what a voice says; a prompt, or audio that is put together, is an expression. */
function audioOrValue(of: Entry, nodes: Nodes): Value {
	const [only] = isMap(of.value) ? nodes.entries(of, of.key) : [];
	if (only?.key === "tts" && isScalar(only.value)) return { kind: "lit", lit: String(only.value.value), place: only.place };
	return readValue(of, of.key, nodes);
}
