import { watchedConditions } from "../../functions/pipeline/model/incident.ts";
import type { RuntimeSettings } from "../../functions/pipeline/settings.ts";
import type { Scenario } from "../scenario/scenario.ts";
import type { StackFile } from "../scenario/stackFile.ts";
import type { CloudChanges } from "./cloud/changes.ts";
import { compareDeclared } from "./cloud/declared.ts";
import { compareStories, type Shown } from "./compareStories.ts";
import { type Loss, lossesOf } from "./losses.ts";
import { type Picture, picturesOf } from "./picture.ts";
import { type Played, type Progress, playBoth } from "./plays.ts";
import { comparePolicies, type PolicyChange } from "./policies.ts";
import { compareRouting, type Routing } from "./routing.ts";
import { say } from "./said.ts";
import { type Side, settingsOf } from "./sides.ts";
import { outcomesOf } from "./told.ts";

/** What a change of settings does to the people on call of one stack, and to its cloud. */
export interface StackImpact {
	readonly stack: string;
	readonly losses: readonly Loss[];
	readonly policies: readonly PolicyChange[];
	readonly rerouted: Routing["rerouted"];
	/** How many failures, in how many parts of the week, the routes were asked about. */
	readonly looked: Routing["looked"];
	/** What is looked for by one side only. */
	readonly watched: { readonly added: readonly string[]; readonly removed: readonly string[] };
	/** Windows that keep failures from paging anybody, and differ. */
	readonly silences: readonly { readonly what: "added" | "changed" | "removed"; readonly name: string }[];
	readonly shown: readonly Shown[];
	/** Scenarios that pass under the old settings and fail under the new ones, with the first expectation that is not met. */
	readonly broken: readonly { readonly scenario: string; readonly expectation: string }[];
	readonly plays: { readonly played: number; readonly sameSettings: number; readonly doNotFit: readonly Unfit[] };
	readonly cloud: CloudChanges;
	readonly pictures: readonly Picture[];
}

export type Unfit = Omit<Extract<Played, { readonly what: "does-not-fit" }>, "what">;

export interface Impact {
	readonly from: string;
	readonly to: string;
	readonly stacks: readonly StackImpact[];
	/** Stacks that only the new side has: nothing can be compared. */
	readonly added: readonly string[];
	/** Stacks that only the old side has: all their cover goes. */
	readonly removed: readonly string[];
	/** All of them, of every stack. */
	readonly losses: readonly Loss[];
}

export interface ImpactOptions {
	readonly scenarios: readonly Scenario[];
	readonly toleratedSeconds: number;
	/** What the engine says will change, by stack; of other stacks the program is asked. */
	readonly previews?: ReadonlyMap<string, CloudChanges>;
	readonly progress?: (stack: string) => Progress;
}

/** Compares two sides, stack by stack. Throws ImpactError for settings that cannot be read, and what the program throws of them. */
export async function impactOf(from: Side, to: Side, options: ImpactOptions): Promise<Impact> {
	const names = [...new Set([...from.texts.keys(), ...to.texts.keys()])].toSorted();
	const removed = names.filter((stack) => !to.texts.has(stack));
	const stacks: StackImpact[] = [];
	for (const stack of names) {
		const [before, after] = [settingsOf(from, stack), settingsOf(to, stack)];
		if (before !== undefined && after !== undefined) stacks.push(await stackImpact(from, to, before, after, options));
	}
	const lostStacks = removed.map((stack) => ({
		id: `${stack}:stack`,
		reason: say`stack ${stack} has no settings any more: all that it watched is watched by nothing`,
	}));
	return {
		from: from.name,
		to: to.name,
		stacks,
		added: names.filter((stack) => !from.texts.has(stack)),
		removed,
		losses: [...lostStacks, ...stacks.flatMap(({ losses }) => losses)],
	};
}

async function stackImpact(one: Side, other: Side, from: StackFile, to: StackFile, options: ImpactOptions): Promise<StackImpact> {
	const { stack } = to;
	const [before, after] = [from.settings.runtime, to.settings.runtime];
	const policies = comparePolicies(before, after);
	const routing = compareRouting(before, after);
	// First, since what the program refuses is refused in every story as well.
	const cloud = options.previews?.get(stack) ?? (await compareDeclared(from, to));
	const sides = { from: { text: one.texts.get(stack) ?? "", file: from }, to: { text: other.texts.get(stack) ?? "", file: to } };
	const played = await playBoth(options.scenarios, { stack, ...sides }, options.progress?.(stack));
	const shown = played.flatMap((each) => shownIn(each, options.toleratedSeconds));
	return {
		stack,
		losses: lossesOf({ stack, from: before, to: after, policies, unwatched: onlyIn(before, after), routing, shown }),
		policies,
		rerouted: routing.rerouted,
		looked: routing.looked,
		watched: { added: onlyIn(after, before), removed: onlyIn(before, after) },
		silences: silencesOf(before.windows ?? [], after.windows ?? []),
		shown,
		broken: played.flatMap(brokenIn),
		plays: {
			played: played.filter(({ what }) => what === "played").length,
			sameSettings: played.filter(({ what }) => what === "same-settings").length,
			doNotFit: played.flatMap((each) => (each.what === "does-not-fit" ? unfit(each) : [])),
		},
		cloud,
		pictures: picturesOf(from, to),
	};
}

const onlyIn = ({ runbooks }: RuntimeSettings, other: RuntimeSettings): readonly string[] =>
	watchedConditions.filter((name) => runbooks[name]?.enabled === true && other.runbooks[name]?.enabled !== true);

const shownIn = (played: Played, toleratedSeconds: number): readonly Shown[] =>
	played.what === "played"
		? compareStories(outcomesOf(played.from), outcomesOf(played.to), { scenario: played.scenario, toleratedSeconds })
		: [];

function brokenIn(played: Played): StackImpact["broken"] {
	if (played.what !== "played" || played.from.verdict !== "passed" || played.to.verdict === "passed") return [];
	const first = played.to.expectations.find(({ met }) => !met);
	return [{ scenario: played.scenario, expectation: first?.what ?? "" }];
}

const unfit = ({ scenario, from, to }: Unfit): Unfit => ({
	scenario,
	...(from === undefined ? {} : { from }),
	...(to === undefined ? {} : { to }),
});

interface NamedWindow {
	readonly name: string;
}

function silencesOf(before: readonly NamedWindow[], after: readonly NamedWindow[]): StackImpact["silences"] {
	const names = [...new Set([...before, ...after].map(({ name }) => name))].toSorted();
	return names.flatMap((name): StackImpact["silences"] => {
		const [old, now] = [before, after].map((windows) => windows.find((window) => window.name === name));
		if (old === undefined) return [{ what: "added", name }];
		if (now === undefined) return [{ what: "removed", name }];
		return JSON.stringify(old) === JSON.stringify(now) ? [] : [{ what: "changed", name }];
	});
}
