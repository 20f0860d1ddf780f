import { credentialOf, isStored } from "../../../vendors/credentials.ts";
import { vendorOf } from "../../../vendors/kinds.ts";
import { accountOf } from "../../../vendors/settings.ts";
import { type Budget, type Clock, EdgeError, type Ledger, type Pager, type Pagers } from "../../pipeline/ports.ts";
import { everyChannel } from "../../pipeline/route/policy.ts";
import type { Channel, RuntimeSettings } from "../../pipeline/settings.ts";
import { vendorSecret } from "../../schemas/vendorSecret.ts";
import { withoutPrevious } from "../credentials/documents.ts";
import { noticedPager } from "../credentials/noticed.ts";
import { withCircuitBreaker } from "../http/circuitBreaker.ts";
import type { SecretOf } from "../parts.ts";
import type { Timers } from "../timers.ts";
import type { AwsIdentity } from "./awsSignature.ts";
import { checkCredential, type VendorOptions, vendorPager } from "./pager.ts";

export interface VendorSources {
	readonly settings: RuntimeSettings;
	readonly fetch: typeof fetch;
	readonly clock: Clock;
	/** By which calls wait for their turn. */
	readonly timers?: Timers;
	/** The keys of the function's own role. */
	readonly identity?: () => AwsIdentity;
}

export interface Vendors {
	readonly pagers: Pagers;
	/** The check of a vendor's credential by its name; undefined for what no channel uses. */
	readonly check: (name: string) => (() => Promise<void>) | undefined;
}

/** One pager for each credential, because each has its own secrets, budget and breaker. */
export function vendorsOf(
	{ settings, fetch, clock, timers, identity }: VendorSources,
	secret: SecretOf,
	budget: () => Budget,
	ledger: () => Ledger,
): Vendors {
	const optionsOf = (channel: Channel): VendorOptions => {
		const { kind, name } = channel;
		const account = accountOf(settings, kind);
		if (account === undefined) {
			const { key } = vendorOf(kind).account;
			throw new EdgeError("misconfigured", `channel ${name}: expected the setting ${key}, got nothing`, { retry: false });
		}
		const credentials = isStored(kind) ? secret(credentialOf(channel), vendorSecret(kind)) : async () => ({});
		const perMinute = settings.limits.vendorRequestsPerMinute;
		const own = { ...(timers === undefined ? {} : { timers }), ...(identity === undefined ? {} : { identity }) };
		return { kind, fetch, clock, account, credentials, budget: budget(), perMinute, ...own };
	};
	const make = (channel: Channel, name: string): Pager =>
		withCircuitBreaker(noticedPager(vendorPager(optionsOf(channel)), { ledger, clock, settings, name }), { ledger: ledger(), clock, name });
	const made = new Map<string, Pager>();
	return {
		pagers: (channel) => {
			const name = credentialOf(channel);
			const pager = made.get(name) ?? make(channel, name);
			made.set(name, pager);
			return pager;
		},
		check: (name) => {
			const channel = everyChannel(settings).find((each) => credentialOf(each) === name);
			if (channel === undefined) return undefined;
			const options = optionsOf(channel);
			return () => checkCredential({ ...options, credentials: withoutPrevious(options.credentials) }, channel);
		},
	};
}
