import { overseerRunbooks } from "../../conditions/runbooks.ts";
import { type Routed, route } from "../../functions/pipeline/route/rules.ts";
import type { RuntimeSettings } from "../../functions/pipeline/settings.ts";
import { stepsOf } from "../report/ladder.ts";
import { factsOfSample, type Sample, samplesOf } from "./samples.ts";
import { type PartOfWeek, partsOfWeek, partText } from "./weeks.ts";

/** Failures that are routed to others than before, or count as something else. */
export interface Rerouted {
	/** Policy and severity before and after. */
	readonly from: RoutedTo;
	readonly to: RoutedTo;
	/** What is routed like this, and when. */
	readonly failures: readonly string[];
	readonly when: string;
}

export interface RoutedTo {
	readonly policy: string;
	readonly severity: string;
	/** Whom the policy pages, in order. */
	readonly targets: readonly string[];
}

export interface Routing {
	readonly rerouted: readonly Rerouted[];
	/** The policies that a failure can be routed to. */
	readonly reached: { readonly from: ReadonlySet<string>; readonly to: ReadonlySet<string> };
	/** How many failures, at how many parts of the week, were looked at. */
	readonly looked: { readonly failures: number; readonly parts: number };
}

/** Compares where failures are routed: every condition, with all that the matchers of both sides name, in every part of the week that their hours tell apart. */
export function compareRouting(from: RuntimeSettings, to: RuntimeSettings): Routing {
	const samples = samplesOf([...from.routes, ...to.routes]);
	const parts = partsOfWeek([...Object.values(from.hours ?? {}), ...Object.values(to.hours ?? {})]);
	const reached = { from: new Set<string>(), to: new Set<string>() };
	const found = new Map<
		string,
		{ readonly change: Omit<Rerouted, "failures" | "when">; readonly part: PartOfWeek; readonly failures: string[] }
	>();
	for (const part of parts) {
		for (const sample of samples) {
			const [before, after] = [routedTo(from, sample, part), routedTo(to, sample, part)];
			if (before !== undefined) reached.from.add(before.policy);
			if (after !== undefined) reached.to.add(after.policy);
			if (before === undefined || after === undefined || isSame(before, after)) continue;
			const key = JSON.stringify([part.at, before, after]);
			const entry = found.get(key) ?? { change: { from: before, to: after }, part, failures: [] };
			entry.failures.push(sample.words);
			found.set(key, entry);
		}
	}
	const rerouted = [...found.values()].map(({ change, part, failures }) => ({
		...change,
		failures: withoutSpecial(failures),
		when: partText(part),
	}));
	return { rerouted, reached, looked: { failures: samples.length, parts: parts.length } };
}

/** Where a condition is routed like this whatever it is about, what it may be about goes without saying. */
const withoutSpecial = (failures: readonly string[]): readonly string[] =>
	failures.filter((each) => !failures.some((other) => each.startsWith(`${other}, `)));

/** Undefined for what nobody looks for under these settings. */
function routedTo(settings: RuntimeSettings, sample: Sample, { at }: PartOfWeek): RoutedTo | undefined {
	const own = ownSeverity(settings, sample);
	if (own === undefined) return undefined;
	const { policy, severity }: Routed = route(settings, factsOfSample(sample, sample.severity ?? own), at);
	const found = settings.policies[policy];
	return { policy, severity, targets: found === undefined ? [] : stepsOf(found).flatMap(({ channels }) => channels) };
}

/** Under another name a policy that pages the same is the same; what changed in a policy itself is told once, and not for all that is routed to it. */
function isSame(before: RoutedTo, after: RoutedTo): boolean {
	if (before.severity !== after.severity) return false;
	return before.policy === after.policy || JSON.stringify(before.targets) === JSON.stringify(after.targets);
}

function ownSeverity({ runbooks }: RuntimeSettings, { condition }: Sample) {
	const overseen = overseerRunbooks.find(({ name }) => name === condition);
	if (overseen !== undefined) return overseen.severity;
	const own = Object.entries(runbooks).find(([name]) => name === condition)?.[1];
	return own?.enabled === true ? own.severity : undefined;
}
