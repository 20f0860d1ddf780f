import { counted } from "../../architect/names.ts";
import { spanText } from "../report/spans.ts";
import { type CloudAction, type CloudChanges, cloudActions } from "./cloud/changes.ts";
import type { Impact, StackImpact, Unfit } from "./impact.ts";
import type { PolicyChange } from "./policies.ts";
import type { Rerouted } from "./routing.ts";
import { named, own, type Said, say } from "./said.ts";

/** What the settings alone say, whatever fails: policies, routes and silences. */
export const settingsWords = ({ watched, policies, rerouted, silences }: StackImpact): readonly Said[] => [
	...watched.added.map((condition) => say`${condition} is looked for from now on`),
	...watched.removed.map((condition) => say`${condition} is looked for no longer`),
	...policies.map(policyWords),
	...rerouted.map(reroutedWords),
	...silences.map(({ what, name }) => say`silence ${name}: ${own(what)}`),
];

function policyWords(change: PolicyChange): Said {
	const { policy } = change;
	switch (change.what) {
		case "policy-added":
			return say`policy ${policy}: new`;
		case "policy-removed":
			return say`policy ${policy}: removed`;
		case "tier-added":
			return say`policy ${policy}: new tier ${change.tier}: ${named(change.targets)}`;
		case "tier-removed":
			return say`policy ${policy}: tier ${change.tier} removed: ${named(change.targets)}`;
		case "channel-added":
			return say`policy ${policy}: ${change.tier} also by ${change.target}`;
		case "channel-removed":
			return say`policy ${policy}: ${change.tier} no longer by ${change.target}`;
		case "channel-replaced":
			return say`policy ${policy}: ${change.tier} by ${change.instead} instead of ${change.target}`;
		case "channels-reordered":
			return say`policy ${policy}: ${change.tier} first by ${change.first}, was ${change.before}`;
		case "tier-moved":
			return say`policy ${policy}: ${change.tier} after ${own(spanText(change.toSeconds))}, was ${own(spanText(change.fromSeconds))}`;
		case "time-changed":
			return say`policy ${policy}: ${own(change.setting)} ${change.to}, was ${change.from}`;
	}
}

function reroutedWords({ from, to, failures, when }: Rerouted): Said {
	const severity = from.severity === to.severity ? own("") : own(`, counts as ${to.severity}, was ${from.severity}`);
	const policies =
		from.policy === to.policy
			? say`policy ${to.policy}`
			: say`policy ${to.policy} (${named(to.targets)}), was ${from.policy} (${named(from.targets)})`;
	return say`${named(failures)}: ${own(when)}: ${policies}${severity}`;
}

/** How much was compared. */
export function playsWords({ plays: { played, sameSettings, doNotFit }, looked }: StackImpact): Said {
	const unfit = doNotFit.length === 0 ? "" : `, ${doNotFit.length} cannot be played`;
	const routes = `routes asked about ${counted(looked.failures, "failure")} in ${counted(looked.parts, "part")} of the week`;
	return own(`${counted(played, "scenario")} compared, ${sameSettings} untouched by the change${unfit}; ${routes}`);
}

export const brokenWords = ({ scenario, expectation }: StackImpact["broken"][number]): Said =>
	say`${scenario} passes no longer: ${expectation}`;

export function unfitWords({ scenario, from, to }: Unfit): Said {
	const side = from !== undefined && to !== undefined ? "both sides" : from === undefined ? "the new side" : "the old side";
	return say`${scenario} cannot be played under ${own(side)}: ${to ?? from ?? ""}`;
}

const actionWords: Readonly<Record<CloudAction, string>> = { delete: "deleted", replace: "replaced", create: "created", update: "updated" };

/** `7 deleted, 1 updated` */
export function cloudWords({ source, changes }: CloudChanges): string {
	const counts = cloudActions.flatMap((action) => {
		const count = changes.filter((change) => change.action === action).length;
		return count === 0 ? [] : [`${count} ${actionWords[action]}`];
	});
	const by =
		source === "preview"
			? "as a preview of the engine says"
			: "as the program declares; only a preview knows what is deployed, and what is replaced";
	return `${counts.length === 0 ? "nothing" : counts.join(", ")}, ${by}`;
}

/** Whether nobody on call and nothing in the cloud would notice. */
export const isUntouched = (each: StackImpact): boolean =>
	each.losses.length +
		each.watched.added.length +
		each.policies.length +
		each.rerouted.length +
		each.silences.length +
		each.shown.length +
		each.broken.length ===
	0;

/** What it comes to, in one sentence. */
export function verdictWords(impact: Impact, accepted: ReadonlySet<string>): Said {
	const open = impact.losses.filter(({ id }) => !accepted.has(id));
	if (open.length > 0) return say`Loss of cover: ${named(open.map(({ id }) => id))}`;
	if (impact.losses.length > 0)
		return own(`${impact.losses.length === 1 ? "1 loss" : `${impact.losses.length} losses`} of cover, accepted by name`);
	return own(impact.stacks.every(isUntouched) ? "Nothing changes for the people on call" : "Nobody loses cover");
}
