import { tierOf } from "./audit.ts";
import { type Case, placeOf } from "./generators.ts";
import type { Story } from "./story.ts";

/** What came of an incident for the people. */
export interface Verdict {
	readonly end: string;
	/** The tiers to which a page can be shown to have come, in order. */
	readonly logged: readonly number[];
}

/** What the policy itself says of a world: the first channel of a tier that works tells it, and whoever is told there answers or does not. */
export function verdictOfPolicy({ policy, fates }: Case): Verdict {
	const logged: number[] = [];
	for (const [index, { channels }] of policy.tiers.entries()) {
		const working = channels
			.map(({ name }) => fates[placeOf(index + 1, name)])
			.find((fate) => fate?.readableAfter !== undefined && "attempts" in fate.refuses && fate.refuses.attempts === 0);
		if (working === undefined) continue;
		logged.push(index + 1);
		if (working.acknowledgedAfter !== undefined) return { end: "acknowledged", logged };
	}
	return { end: "exhausted", logged };
}

export function verdictOf({ steps, readableAt }: Story): Verdict {
	const logged = [...new Set(Object.keys(readableAt).map(tierOf))].toSorted((one, other) => one - other);
	const { what = "nothing", detail = "" } = steps.at(-1) ?? {};
	return { end: what === "failed" ? `failed: ${detail}` : what, logged };
}
