import type { RuntimeSettings } from "../../../functions/pipeline/settings.ts";
import { policy, settings } from "../pipeline/fixtures.ts";

/** Settings as they travel to the functions; a service of the second tier has a name that no variable could have. */
export function exampleSettings(): RuntimeSettings {
	const secondLine = { kind: "pagerduty", name: "pagerduty", service: "second-line", serviceId: "PSECOND" } as const;
	const tiers = [...policy.tiers.slice(0, 1), { name: "secondary", channels: [secondLine] }];
	return { ...settings, policies: { default: { ...policy, tiers } } };
}
