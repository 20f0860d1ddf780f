import { isGiven, type Resource, shown } from "../resource.ts";
import type { ResourceRule } from "../rule.ts";

/** A flow is published from a file of this stack, by its name, again whenever what it calls is made anew. */
export const pinnedFlows: ResourceRule = {
	name: "pinned-flows",
	info: "It is not certain which text of a flow is published.",
	explanation:
		"The provider publishes a flow when the digest of its file changes: a file outside of build/ is not the one that was compiled and linted, and without updateTriggerHash a flow keeps calling data actions that are gone.",
	check: ({ type, inputs }: Resource) => {
		if (type !== "genesyscloud:index/flow:Flow") return [];
		const { name, filepath, updateTriggerHash } = inputs;
		return [
			...(isGiven(name) ? [] : ["expected the name that stands in its YAML, got none"]),
			...(isCompiled(filepath) ? [] : [`expected a file that the program compiled (build/flows/…), got ${shown(filepath)}`]),
			...(isGiven(updateTriggerHash) ? [] : ["expected updateTriggerHash, a digest of what it calls, got none"]),
		];
	},
};

const isCompiled = (filepath: unknown): boolean =>
	typeof filepath === "string" && /^build\/flows\/[\w./-]+\.yaml$/.test(filepath) && !filepath.split("/").includes("..");
