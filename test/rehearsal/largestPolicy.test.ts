import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { lintFlow } from "../../architect/lint.ts";
import { actionSets } from "../../components/genesys/responsePlan.ts";
import { prepareFlow } from "../../components/responseFlow.ts";
import { parseStackFile, type StackFile, withSettings } from "../../rehearsal/scenario/stackFile.ts";
import { createOfflineWorld, start } from "../../rehearsal/world/offlineWorld.ts";

/** Every name as long as the settings allow it. */
const stack = "s".repeat(20);
const prefix = "p".repeat(24);
const named = (text: string): string => text.padEnd(32, "x");
const serviceId = (number: number): string => `P${String(number).padStart(13, "0")}`;

const tiers = 9;
const channels = 5;

/** In each tier the last channel is an SMS, all others are PagerDuty services of their own. */
const channelsOf = (tier: number): readonly object[] =>
	Array.from({ length: channels }, (_, index) =>
		index === channels - 1
			? { kind: "sms", name: named("sms-"), to: `+1555555555550${tier}` }
			: {
					kind: "pagerduty",
					name: named(`pagerduty-${index}-`),
					service: named(`service-${tier}-${index}-`),
					serviceId: serviceId(tier * channels + index),
				},
	);

function largest(): StackFile {
	const text = readFileSync(new URL("../../Pulumi.dev.yaml", import.meta.url), "utf8");
	return withSettings(parseStackFile(stack, text), {
		genesys: { division: "D".repeat(128) },
		names: { prefix },
		policies: {
			telephony: { tiers: Array.from({ length: tiers }, (_, tier) => ({ name: named(`tier-${tier}-`), channels: channelsOf(tier) })) },
		},
	});
}

describe("the largest policy that the settings allow, with the longest names", () => {
	const file = largest();

	test("cannot be larger", () => {
		const more =
			(settings: Readonly<Record<string, unknown>>): (() => StackFile) =>
			() =>
				withSettings(file, settings);
		const tier = { name: "one-more", channels: channelsOf(tiers) };
		const all = Array.from({ length: tiers + 1 }, (_, index) => ({ ...tier, name: `tier-${index}` }));
		expect(more({ policies: { telephony: { tiers: all } } })).toThrow(/1 to 9 tiers/);
		expect(more({ policies: { telephony: { tiers: [{ ...tier, channels: [...tier.channels, ...tier.channels] }] } } })).toThrow(
			/1 to 5 channels/,
		);
		expect(more({ names: { prefix: `${prefix}p` } })).toThrow(/at most 24/);
	});

	test("is deployed, though Genesys Cloud throttles it, and everything stands when the story begins", async () => {
		const { deployment, troubles, clock, genesys } = await createOfflineWorld({
			file,
			seed: 1,
			trunks: [{ name: "Frankfurt-1", edges: 1 }],
		});
		expect({ failures: deployment.failures, troubles, now: clock.now() }).toEqual({ failures: [], troubles: [], now: start });
		expect(genesys.refusals.some(({ status }) => status === 429)).toBe(true);
		const integrations = deployment.resources.filter(({ type }) => type.endsWith(":Integration"));
		// One for each PagerDuty service, and those of IT operations, of the ledger, of Genesys Cloud itself and of Twilio.
		expect(integrations).toHaveLength(tiers * (channels - 1) + 4);
	});

	test("makes a workflow without a finding", () => {
		const { text, substitutions } = prepareFlow(file.settings, "telephony", actionSets(file.settings));
		expect(lintFlow(text, { file: "response.yaml", substitutions, ours: true })).toEqual([]);
	});
});
