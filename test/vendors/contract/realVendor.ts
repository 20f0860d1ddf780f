import { identityOf } from "../../../functions/edges/aws/identity.ts";
import { checkCredential, type VendorOptions, vendorPager } from "../../../functions/edges/vendors/pager.ts";
import { dedupKey, incidentKey } from "../../../functions/pipeline/model/keys.ts";
import type { Budget, Clock, PageOrder } from "../../../functions/pipeline/ports.ts";
import type { Channel } from "../../../functions/pipeline/settings.ts";
import { type ChannelKind, vendorOf } from "../../../vendors/kinds.ts";
import type { Field } from "../../../vendors/vendor.ts";
import { playContract, type Step } from "./story.ts";

export type Env = Readonly<Record<string, string | undefined>>;

/** What a test says of an account at a vendor, of one channel there and of its credential. */
export interface RealPlace {
	readonly channel: Channel;
	readonly account: Readonly<Record<string, string>>;
	readonly credential: Readonly<Record<string, string>>;
}

/** One variable: what it decides, and whether there is a usual value. */
export interface Variable {
	readonly name: string;
	readonly words: string;
	readonly usual?: string;
}

/** `TEST_JIRA_DATA_CENTER_ISSUE_TYPE` of `issueType` at `jiraDataCenter`. */
export const variableOf = (kind: ChannelKind, setting: string): string => `TEST_${snake(kind)}_${snake(setting)}`;

const snake = (name: string): string => name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase();

/** The name that a stack would give; nothing but the credential's own name depends on it. */
const usualName = "contract";

interface Described extends Variable {
	readonly part: keyof RealPlace;
	readonly setting: string;
	readonly field?: Field;
}

function described(kind: ChannelKind): readonly Described[] {
	const { account, channel, credential, secrets } = vendorOf(kind);
	const one = (part: "account" | "channel", setting: string, field: Field): Described => {
		const usual = field.usual ?? (part === "channel" && setting === credential.per ? usualName : undefined);
		const words = "oneOf" in field ? field.oneOf.join(" or ") : field.expected;
		return { part, setting, field, name: variableOf(kind, setting), words, ...(usual === undefined ? {} : { usual }) };
	};
	return [
		...Object.entries(account.settings).map(([setting, field]) => one("account", setting, field)),
		...Object.entries(channel).map(([setting, field]) => one("channel", setting, field)),
		...Object.entries(secrets).map(([setting, words]) => ({
			part: "credential" as const,
			setting,
			name: variableOf(kind, setting),
			words: `a secret: ${words}`,
		})),
	];
}

/** Every variable that a kind of vendor has, in the order of its description. A service of AWS needs the usual AWS_ variables beside them. */
export const variablesOf = (kind: ChannelKind): readonly Variable[] =>
	described(kind).map(({ name, words, usual }) => ({ name, words, ...(usual === undefined ? {} : { usual }) }));

/** What the environment says of a vendor, or everything that it lacks and that is wrong in it; never a secret. */
export function placeIn(
	env: Env,
	kind: ChannelKind,
): RealPlace | { readonly missing: readonly string[]; readonly wrong: readonly string[] } {
	const all = described(kind);
	const given = ({ name, usual }: Described): string | undefined => env[name] || usual;
	const missing = [...all.filter((each) => given(each) === undefined).map(({ name }) => name), ...missingKeys(env, kind)];
	const wrong = all.flatMap(({ name, field, words, ...rest }) => {
		const value = given({ name, words, ...rest });
		return field === undefined || value === undefined || allows(field, value)
			? []
			: [`${name}: expected ${words}, got ${JSON.stringify(value)}`];
	});
	if (missing.length + wrong.length > 0) return { missing, wrong };
	const part = (wanted: keyof RealPlace) =>
		Object.fromEntries(all.flatMap((each) => (each.part === wanted ? [[each.setting, given(each) ?? ""] as const] : [])));
	const account = part("account");
	const held = Object.fromEntries((vendorOf(kind).credential.holds ?? []).map((name) => [name, account[name] ?? ""]));
	const channel = { kind, name: kind, ...part("channel") } as Channel;
	return { channel, account, credential: { ...held, ...part("credential") } };
}

const allows = (field: Field, value: string): boolean => ("oneOf" in field ? field.oneOf.includes(value) : field.pattern.test(value));

function missingKeys(env: Env, kind: ChannelKind): readonly string[] {
	return vendorOf(kind).aws === undefined ? [] : ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"].filter((name) => !env[name]);
}

/** What a contract at a vendor needs of the machine. */
export interface Machine {
	readonly env: Env;
	readonly fetch: typeof fetch;
	readonly clock: Clock;
	readonly sleep: (milliseconds: number) => Promise<void>;
	/** Differs from run to run: what an earlier run has left there is not this one's. */
	readonly run: string;
}

/** A person decides to run it: nothing else draws from these limits. */
const open: Budget = { take: async () => {}, acquireUpTo: async (_name, _perMinute, { wanted }) => wanted };

/** Plays the contract of every vendor at a place. Throws Error for a step that does not hold, and EdgeError of a call that fails. */
export async function playAt(place: RealPlace, machine: Machine, tell: (step: Step, why?: string) => void): Promise<void> {
	const { channel, account, credential } = place;
	const { env, fetch, clock, sleep } = machine;
	const options: VendorOptions = {
		kind: channel.kind,
		fetch,
		account,
		credentials: async () => credential,
		budget: open,
		perMinute: 60,
		clock,
		timers: { sleep },
		identity: () => identityOf(env),
	};
	const bench = {
		pager: vendorPager(options),
		check: () => checkCredential(options, channel),
		order: orderFor(channel, machine),
		later: (seconds: number) => sleep(seconds * 1000),
	};
	await playContract(bench, tell);
}

/** A page that says what it is, of the lowest severity. */
function orderFor(channel: Channel, { run, clock }: Machine): PageOrder {
	const summary = "Nothing is wrong: this is a test of the paging contract, and ends by itself";
	const now = clock.now();
	return {
		channel,
		dedupKey: dedupKey(incidentKey({ environment: "contract", condition: "trunk-down", entityId: run }), 1, 1),
		severity: "low",
		summary,
		title: `[CONTRACT] ${summary}`,
		body: `[CONTRACT] ${summary}.\nNobody has to do anything.`,
		source: "contract",
		details: {
			condition: "trunk-down",
			environment: "contract",
			occurrence: "1",
			tier: "1",
			openedAt: new Date(now).toISOString(),
			reason: "test of the contract",
			children: "",
			health: "",
			approval: "",
		},
		intendedAt: now,
	};
}
