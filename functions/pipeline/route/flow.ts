import type { Incident } from "../model/incident.ts";
import type { Journal } from "../ports.ts";

/** The decision record of one occurrence: who is paged, and by which route. */
export const logRouted = ({ journal }: { readonly journal: Journal }, { key, occurrence, policy, routed }: Incident): void =>
	journal.log({
		what: "routed",
		incident: key,
		occurrence,
		...(policy === undefined ? {} : { outcome: policy }),
		...(routed === undefined ? {} : { detail: routed.words }),
	});
