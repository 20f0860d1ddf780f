import { openOrRecover, type ReadingPorts } from "../deduplicate/flow.ts";
import { change, readItem } from "../ledger/store.ts";
import { sideBySide } from "../limits/sideBySide.ts";
import { refusals } from "../model/failure.ts";
import { credentialsKey } from "../model/keys.ts";
import { failureOf } from "../page/flow.ts";
import { EdgeError, type Ports } from "../ports.ts";
import type { Silences } from "../silence/rules.ts";
import { expiringSoon, expiryReading, expirySignals, withExpiring } from "./expiry.ts";
import {
	afterNews,
	type CredentialNews,
	type CredentialState,
	type Credentials,
	checkedCredentials,
	clientsFailing,
	credentialReading,
	credentialSignals,
	dueCredentials,
	isFailing,
	usedCredentials,
} from "./rules.ts";

export type CredentialPorts = ReadingPorts & Pick<Ports, "credentials">;
type ItemPorts = Pick<Ports, "ledger" | "clock"> & { readonly settings: { readonly environment: string } };

/** So many checks at once: there are few systems, and each is asked rarely. */
const checksAtOnce = 8;

/** One tick: checks what is due, and opens or ends the incident of each credential. */
export async function watchCredentials(ports: CredentialPorts, silences: Silences): Promise<void> {
	const { ledger, settings, clock } = ports;
	const key = credentialsKey(settings.environment);
	const names = usedCredentials(settings);
	let known = (await readItem<Credentials>(ledger, key)) ?? {};
	const due = dueCredentials(known, checkedCredentials(settings), clock.now());
	const news = new Map<string, CredentialNews>();
	await sideBySide(due, checksAtOnce, async (name) => {
		news.set(name, await check(ports, name, known[name]));
	});
	if (news.size > 0) known = await changeCredentials(ports, (current) => joined(current, news, clock.now()));
	const soon = expiringSoon(settings, clock.now());
	if (withExpiring(known, soon) !== known) known = await changeCredentials(ports, (current) => withExpiring(current, soon));
	const failing = credentialSignals(known, names, clock.now());
	for (const signal of failing)
		await openOrRecover(ports, credentialReading(signal, known[signal.name]?.failures ?? 0, clock.now()), signal.signal, { silences });
	const expiring = expirySignals(known, soon);
	for (const signal of expiring) await openOrRecover(ports, expiryReading(signal, clock.now()), signal.signal, { silences });
	const signals = [...failing, ...expiring];
	const over = new Set(signals.filter(({ signal }) => signal === "close").map(({ name }) => name));
	if (over.size > 0) await changeCredentials(ports, (current) => ended(current, over, names));
}

async function check(
	{ credentials, journal }: CredentialPorts,
	name: string,
	before: CredentialState | undefined,
): Promise<CredentialNews> {
	const news = await asNews(() => credentials.check(name));
	// That it is still refused is told by its incident.
	const known = before !== undefined && isFailing(name, before);
	if (news.what === "refused" && !known)
		journal.log({ what: "credentials-checked", outcome: news.reason, detail: `${name}: ${news.detail}` });
	return news;
}

async function asNews(ask: () => Promise<void>): Promise<CredentialNews> {
	try {
		await ask();
		return { what: "taken" };
	} catch (error) {
		const { reason, message } = failureOf(error);
		return refusals.includes(reason) ? { what: "refused", reason, detail: message } : { what: "unknown" };
	}
}

/** Joins the news; what is failing by now is marked before its incident is opened, so that a crash between the two leaves nothing open for good. */
function joined(current: Credentials, news: ReadonlyMap<string, CredentialNews>, now: number): Credentials {
	const entries = [...news].map(([name, each]) => {
		const state = afterNews(current[name], each, now);
		return [name, isFailing(name, state) && state.open !== true ? { ...state, open: true as const } : state] as const;
	});
	return { ...current, ...Object.fromEntries(entries) };
}

function ended(current: Credentials, over: ReadonlySet<string>, names: readonly string[]): Credentials {
	const entries = Object.entries(current).flatMap(([name, { open, ...state }]) => {
		if (!over.has(name)) return [[name, open === undefined ? state : { ...state, open }] as const];
		// Refused again since: its incident is opened anew at the next tick.
		return names.includes(name) ? [[name, state] as const] : [];
	});
	return Object.fromEntries(entries);
}

async function changeCredentials({ ledger, settings }: ItemPorts, next: (current: Credentials) => Credentials): Promise<Credentials> {
	return change<Credentials, Credentials>(ledger, credentialsKey(settings.environment), (current = {}) => {
		const changed = next(current);
		return { write: changed, result: changed };
	});
}

/**
 * What work says of a credential counts at once; that one is taken is written only where it was refused before. The work itself is worth more: a
 * ledger that does not answer loses the news.
 */
export async function noteCredential(ports: ItemPorts, name: string, news: CredentialNews): Promise<void> {
	const { ledger, settings, clock } = ports;
	try {
		await change<Credentials, void>(ledger, credentialsKey(settings.environment), (current = {}) => {
			const before = current[name];
			if (news.what === "taken" && (before === undefined || before.failures === 0)) return { result: undefined };
			const changed = joined(current, new Map([[name, news]]), clock.now());
			return changed[name] === before ? { result: undefined } : { write: changed, result: undefined };
		});
	} catch (error) {
		if (!(error instanceof EdgeError)) throw error;
	}
}

/** Whether a client of ours is known to be refused by Genesys Cloud. */
export async function areClientsFailing({ ledger, settings }: Pick<ItemPorts, "ledger" | "settings">): Promise<boolean> {
	return clientsFailing(await readItem<Credentials>(ledger, credentialsKey(settings.environment)));
}
