import type { AwsIdentity } from "../../functions/edges/vendors/awsSignature.ts";
import { makeCheck, readPlace, type VendorOptions } from "../../functions/edges/vendors/pager.ts";
import { inputOf } from "../../functions/edges/vendors/request.ts";
import { everyChannel } from "../../functions/pipeline/route/policy.ts";
import type { Channel, RuntimeSettings } from "../../functions/pipeline/settings.ts";
import type { Call, CheckCall, PlaceCall } from "../../vendors/call.ts";
import { credentialOf, credentialsOf, secretKey } from "../../vendors/credentials.ts";
import { type ChannelKind, vendorOf } from "../../vendors/kinds.ts";
import { accountOf } from "../../vendors/settings.ts";
import { openBudget } from "../budget.ts";
import { isRead, type Read, reading } from "../finding.ts";
import type { Track } from "../progress.ts";

/** Whose key it is: the credential of one vendor, and a channel that uses it. */
export interface Owner {
	readonly credential: string;
	readonly kind: ChannelKind;
	readonly channel: Channel;
}

/** What became of one call that shows whether a credential is taken. */
export interface CheckReading extends Owner {
	readonly check: CheckCall;
	/** `writes`: only a call that does something would show it, and nobody makes one here. */
	readonly read: Read<void> | "writes";
	/** Another value of a setting of the account with which it is taken. */
	readonly elsewhere?: { readonly setting: string; readonly value: string };
}

export interface PlaceReading extends Owner {
	readonly call: PlaceCall;
	readonly read: Read<unknown>;
	readonly held: Readonly<Record<string, string>>;
}

/** What one credential showed; `missing` are the keys of secrets that nobody has given, `unsigned` is a service of AWS without keys to sign with. */
export type CredentialReading = Owner &
	(
		| { readonly missing: readonly string[] }
		| { readonly unsigned: true }
		| { readonly checks: readonly CheckReading[]; readonly places: readonly PlaceReading[] }
	);

export interface VendorAccess {
	readonly settings: RuntimeSettings;
	/** By the keys of the stack's secrets. */
	readonly secrets: Readonly<Record<string, string>>;
	readonly fetch: (kind: ChannelKind) => typeof fetch;
	/** Signs for services of AWS; absent: nobody can. */
	readonly identity?: AwsIdentity;
}

/** Looks at every credential that the channels use, by reads only. */
export function readVendors(access: VendorAccess, track: Track): Promise<readonly CredentialReading[]> {
	const channels = everyChannel(access.settings);
	return Promise.all(
		credentialsOf(channels).map(async ({ credential, kind }): Promise<CredentialReading> => {
			const own = channels.filter((channel) => channel.kind === kind && credentialOf(channel) === credential);
			const [channel] = own;
			if (channel === undefined) throw new Error(`Expected a channel with the credential ${credential}, got none`);
			const owner: Owner = { credential, kind, channel };
			if (vendorOf(kind).aws !== undefined && access.identity === undefined) return { ...owner, unsigned: true };
			const missing = missingSecrets(access, owner);
			return missing.length > 0 ? { ...owner, missing } : { ...owner, ...(await readCredential(access, owner, own, track)) };
		}),
	);
}

const missingSecrets = ({ secrets }: VendorAccess, { credential, kind }: Owner): readonly string[] =>
	Object.keys(vendorOf(kind).secrets)
		.map((name) => secretKey(credential, name))
		.filter((key) => (secrets[key] ?? "") === "");

async function readCredential(access: VendorAccess, owner: Owner, channels: readonly Channel[], track: Track) {
	const { calls, system } = vendorOf(owner.kind);
	const options = optionsOf(access, owner);
	const named = `${system}: ${owner.credential}`;
	const checks = calls.checks.flatMap((check) => distinct(check, channels).map((channel) => ({ check, channel })));
	const places = distinct(calls.place, channels);
	const [made, seen] = await Promise.all([
		Promise.all(checks.map((each) => track(named, () => checked(options, { ...owner, channel: each.channel }, each.check)))),
		Promise.all(places.map((channel) => track(named, () => placed(options, { ...owner, channel }, calls.place)))),
	]);
	return { checks: made, places: seen.flat() };
}

/** The channels for which a call says something else. */
function distinct(call: Call | undefined, channels: readonly Channel[]): readonly Channel[] {
	if (call === undefined) return [];
	const said = (channel: Channel) => JSON.stringify(Object.keys(call.inputs).map((name) => inputOf(call, { channel }, name)));
	return [...new Map(channels.map((channel) => [said(channel), channel])).values()];
}

function optionsOf({ settings, secrets, fetch, identity }: VendorAccess, { credential, kind }: Owner): VendorOptions {
	const vendor = vendorOf(kind);
	const account = accountOf(settings, kind) ?? {};
	const held = (vendor.credential.holds ?? []).map((name) => [name, account[name] ?? ""]);
	const kept = Object.keys(vendor.secrets).map((name) => [name, secrets[secretKey(credential, name)] ?? ""]);
	const document = Object.fromEntries([...held, ...kept]);
	return {
		kind,
		fetch: fetch(kind),
		account,
		credentials: async () => document,
		budget: openBudget,
		perMinute: settings.limits.vendorRequestsPerMinute,
		clock: { now: () => Date.now() },
		...(identity === undefined ? {} : { identity: () => identity }),
	};
}

async function checked(options: VendorOptions, owner: Owner, check: CheckCall): Promise<CheckReading> {
	if (check.method !== "GET") return { ...owner, check, read: "writes" };
	const read = await reading(() => makeCheck(options, owner.channel, check));
	if (isRead(read) || read.unread.reason !== "unauthorized") return { ...owner, check, read };
	const elsewhere = await takenElsewhere(options, owner, check);
	return { ...owner, check, read, ...(elsewhere === undefined ? {} : { elsewhere }) };
}

/** A credential of another region reads like a wrong one: the vendor's other hosts are asked the same. */
async function takenElsewhere(options: VendorOptions, { kind, channel }: Owner, check: CheckCall): Promise<CheckReading["elsewhere"]> {
	const name = vendorOf(kind).hosts[check.host]?.name;
	if (typeof name !== "object" || !("names" in name)) return undefined;
	const { setting, names } = name;
	for (const value of Object.keys(names).filter((each) => each !== options.account[setting])) {
		const account = { ...options.account, [setting]: value };
		if (isRead(await reading(() => makeCheck({ ...options, account }, channel, check)))) return { setting, value };
	}
	return undefined;
}

async function placed(options: VendorOptions, owner: Owner, call: PlaceCall | undefined): Promise<readonly PlaceReading[]> {
	if (call === undefined) return [];
	const read = await reading(() => readPlace(options, owner.channel, call));
	return [{ ...owner, call, read, held: await options.credentials() }];
}
