import type { Instant, Reading } from "../model/incident.ts";
import type { RuntimeSettings } from "../settings.ts";
import { type CredentialSignal, type CredentialState, type Credentials, credentialReading, expirySuffix } from "./rules.ts";

/** So long before a known expiry people are told. */
const expiryNoticeDays = 14;

/** The names under which credentials that expire soon stand beside the others: an expiry is an incident of its own, and no failure yet. */
export function expiringSoon({ credentials = {} }: Pick<RuntimeSettings, "credentials">, now: Instant): ReadonlyMap<string, string> {
	const soon = Object.entries(credentials).filter(
		([, { expiresOn }]) => now >= Date.parse(`${expiresOn}T00:00:00Z`) - expiryNoticeDays * 86_400_000,
	);
	return new Map(soon.map(([name, { expiresOn }]) => [`${name}${expirySuffix}`, expiresOn]));
}

/** Marks what is told now, before it is told. The same object where nothing is new. */
export function withExpiring(known: Credentials, soon: ReadonlyMap<string, string>): Credentials {
	const added = [...soon.keys()].filter((name) => known[name]?.open !== true);
	const announced: CredentialState = { dueAt: 0, failures: 0, open: true };
	return added.length === 0 ? known : { ...known, ...Object.fromEntries(added.map((name) => [name, announced])) };
}

/** Opens for what expires soon, and closes once its date in the settings is another one, or gone. */
export function expirySignals(known: Credentials, soon: ReadonlyMap<string, string>): readonly CredentialSignal[] {
	const over = Object.keys(known).filter((name) => name.endsWith(expirySuffix) && !soon.has(name));
	return [
		...[...soon].map(([name, expiresOn]) => ({
			name,
			signal: "open" as const,
			reason: `valid until ${expiresOn}: renew it before then, and set its new date`,
		})),
		...over.map((name) => ({ name, signal: "close" as const, reason: "its date is no longer near" })),
	];
}

/** Days are left: nobody has to be woken as for a failure. */
export function expiryReading(signal: CredentialSignal, now: Instant): Reading {
	const reading = credentialReading({ ...signal, name: signal.name.slice(0, -expirySuffix.length) }, 0, now);
	return { ...reading, entity: { ...reading.entity, id: signal.name }, severity: "medium" };
}
