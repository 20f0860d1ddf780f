import type * as z from "zod";
import { credentialOf } from "../../vendors/credentials.ts";
import { isKind } from "../../vendors/index.ts";
import type { ChannelOf } from "../../vendors/settings.ts";
import { type Budget, type Clock, EdgeError, type Ledger, type Pager, type Pagers } from "../pipeline/ports.ts";
import type { Channel, RuntimeSettings } from "../pipeline/settings.ts";
import { pagerDutySecret, twilioSecret } from "../schemas/secrets.ts";
import { withCircuitBreaker } from "./circuitBreaker.ts";
import type { Credentials } from "./credentials.ts";
import { noticedPager } from "./noticed.ts";
import { type PagerDutyOptions, pagerDuty, proveKeys } from "./pagerduty.ts";
import { proveAccount, type TwilioOptions, twilio } from "./twilio.ts";

export interface VendorSources {
	readonly settings: RuntimeSettings;
	readonly fetch: typeof fetch;
	readonly clock: Clock;
}

/** The document of a secret by the secret's name. */
export type SecretOf = <T>(name: string, schema: z.ZodType<T>) => Credentials<T>;

export interface Vendors {
	readonly pagers: Pagers;
	/** The check of a vendor's keys by their name; undefined for what no channel uses. */
	readonly check: (name: string) => (() => Promise<void>) | undefined;
}

/** One pager for each PagerDuty service, because each has its own key, budget and breaker; one for Twilio. */
export function vendorsOf(
	{ settings, fetch, clock }: VendorSources,
	secret: SecretOf,
	budget: () => Budget,
	ledger: () => Ledger,
): Vendors {
	const common = () => ({ fetch, clock, budget: budget(), perMinute: settings.limits.vendorRequestsPerMinute });
	const pagerDutyOptions = (channel: ChannelOf<"pagerduty">): PagerDutyOptions => ({
		...common(),
		region: settings.pagerduty.region,
		credentials: secret(credentialOf(channel), pagerDutySecret),
	});
	const twilioOptions = (channel: ChannelOf<"sms">): TwilioOptions => {
		if (settings.twilio === undefined)
			throw new EdgeError("misconfigured", `channel ${channel.name}: expected the setting twilio, got nothing`, { retry: false });
		return { ...common(), ...settings.twilio, credentials: secret(credentialOf(channel), twilioSecret) };
	};
	const adapter = (channel: Channel): Pager =>
		isKind("pagerduty", channel) ? pagerDuty(pagerDutyOptions(channel)) : twilio(twilioOptions(channel));
	const make = (channel: Channel, name: string): Pager =>
		withCircuitBreaker(noticedPager(adapter(channel), { ledger, clock, settings, name }), { ledger: ledger(), clock, name });
	const made = new Map<string, Pager>();
	return {
		pagers: (channel) => {
			const name = credentialOf(channel);
			const pager = made.get(name) ?? make(channel, name);
			made.set(name, pager);
			return pager;
		},
		check: (name) => {
			const channel = settings.escalation.tiers.flatMap(({ channels }) => channels).find((each) => credentialOf(each) === name);
			if (channel === undefined) return undefined;
			return () => (isKind("pagerduty", channel) ? proveKeys(pagerDutyOptions(channel), channel) : proveAccount(twilioOptions(channel)));
		},
	};
}
