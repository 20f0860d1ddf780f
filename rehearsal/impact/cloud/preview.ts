import { readFileSync } from "node:fs";
import * as z from "zod";
import { namespace } from "../../../components/settings/secrets.ts";
import { ImpactError } from "../sides.ts";
import { type CloudAction, type CloudChange, type CloudChanges, inOrder } from "./changes.ts";

/**
 * What `pulumi preview --json` prints, as far as it is read here: `PreviewDigest` of Pulumi's `sdk/go/common/display`. Values of properties
 * stand in `oldState` and `newState`, and are not looked at.
 */
const previewDigest = z.object({
	steps: z.array(
		z.object({
			op: z.string(),
			urn: z.string(),
			diffReasons: z.array(z.string()).nullish(),
			replaceReasons: z.array(z.string()).nullish(),
			detailedDiff: z.record(z.string(), z.unknown()).nullish(),
		}),
	),
});
type Step = z.output<typeof previewDigest>["steps"][number];

/** The engine's words for what becomes of a resource; what is not here changes nothing in the cloud. */
const actions: ReadonlyMap<string, CloudAction> = new Map([
	["create", "create"],
	["import", "create"],
	["update", "update"],
	["delete", "delete"],
	["replace", "replace"],
	["create-replacement", "replace"],
	["delete-replaced", "replace"],
	["import-replacement", "replace"],
]);

/** The changes of each stack that the previews in these files are of. Throws ImpactError for a file that is none. */
export function readPreviews(paths: readonly string[]): ReadonlyMap<string, CloudChanges> {
	const read = paths.map((path) => ({ path, ...changesOf(path, digestIn(path)) }));
	const twice = read.find(({ stack }, index) => read.findIndex((other) => other.stack === stack) !== index);
	if (twice !== undefined) throw new ImpactError(`Expected one preview of each stack, got ${twice.path} as a second one of ${twice.stack}`);
	return new Map(read.map(({ stack, changes }) => [stack, { source: "preview", changes }]));
}

function digestIn(path: string): readonly Step[] {
	try {
		const parsed = previewDigest.safeParse(JSON.parse(readFileSync(path, "utf8")));
		if (parsed.success) return parsed.data.steps;
	} catch {
		// It is said below, as of what is JSON and no preview.
	}
	throw new ImpactError(`Expected the output of pulumi preview --json, got ${path}, which holds no steps of a preview`);
}

function changesOf(path: string, steps: readonly Step[]): { readonly stack: string; readonly changes: readonly CloudChange[] } {
	const stacks = new Set(steps.map(({ urn }) => partsOf(urn).stack));
	const [stack] = stacks;
	if (stack === undefined || stacks.size > 1)
		throw new ImpactError(`Expected a preview of one stack, got ${path} with ${[...stacks].join(", ") || "none"}`);
	const byUrn = Map.groupBy(steps, ({ urn }) => urn);
	return { stack, changes: inOrder([...byUrn].flatMap(([urn, own]) => changeOf(urn, own))) };
}

/** A replacement is several steps of one resource. */
function changeOf(urn: string, steps: readonly Step[]): readonly CloudChange[] {
	const { type, name } = partsOf(urn);
	const found = steps.flatMap(({ op }) => actions.get(op) ?? []);
	const [first] = found;
	// A component is only a name for what it holds.
	if (first === undefined || type.startsWith("pulumi:") || type.startsWith(`${namespace}:index:`)) return [];
	const action = found.includes("replace") ? "replace" : first;
	const changed = steps.flatMap(({ detailedDiff, diffReasons }) => Object.keys(detailedDiff ?? {}).concat(diffReasons ?? []));
	const replacedBy = distinct(steps.flatMap(({ replaceReasons }) => replaceReasons ?? []));
	return [{ action, type, name, properties: distinct(changed.map(topOf)), ...(replacedBy.length === 0 ? {} : { replacedBy }) }];
}

const distinct = (names: readonly string[]): readonly string[] => [...new Set(names)].toSorted();

/** `tags.Team` and `rules[0].id` are changes of `tags` and `rules`. */
const topOf = (path: string): string => /^[^.[]+/.exec(path)?.[0] ?? path;

/** `urn:pulumi:<stack>::<project>::<type$type>::<name>` */
function partsOf(urn: string): { readonly stack: string; readonly type: string; readonly name: string } {
	const [head = "", , types = "", ...name] = urn.split("::");
	return { stack: head.split(":").at(2) ?? "", type: types.split("$").at(-1) ?? "", name: name.join("::") };
}
