import type { Rotation, Rotations } from "../../functions/pipeline/credentials/rotation.ts";
import { isSameDocument } from "../../functions/pipeline/credentials/rotation.ts";
import type { Credentials } from "../../functions/pipeline/credentials/rules.ts";
import type { StoredVersions } from "../../functions/pipeline/credentials/vault.ts";
import type { Instant } from "../../functions/pipeline/model/words.ts";
import { isRotatable, type StackCredential } from "./rotatable.ts";

/** What is known of one credential. */
export interface ListedCredential {
	readonly name: string;
	readonly sort: StackCredential["sort"];
	readonly secrets: readonly string[];
	/** When the current value was stored. */
	readonly currentSince?: Instant;
	/** When the next one was stored; absent where no rotation is under way. */
	readonly nextSince?: Instant;
	/** Whether the next value is current already: only the end of the rotation is missing. */
	readonly isPromoted?: boolean;
	readonly hasPrevious: boolean;
	/** The last day on which it is valid, as the stack's file says. */
	readonly expiresOn?: string;
	/** When the overseer last found it taken. */
	readonly takenAt?: Instant;
	/** When it was last refused, since it was taken. */
	readonly refusedAt?: Instant;
	readonly rotation?: Rotation;
}

/** What the stack's file and its ledger say. */
export interface KnownOfCredentials {
	readonly expiries: Readonly<Record<string, { readonly expiresOn: string }>>;
	readonly checked: Credentials;
	readonly rotations: Rotations;
}

/** Everything that is known of one credential, without any of its values. */
export function listed(
	credential: StackCredential,
	{ current, next, previous }: StoredVersions,
	{ expiries, checked, rotations }: KnownOfCredentials,
): ListedCredential {
	const { name, sort } = credential;
	const state = checked[name];
	const [expiry, rotation] = [expiries[name], rotations[name]];
	return {
		name,
		sort,
		secrets: isRotatable(credential) ? credential.secrets : [],
		...(current && { currentSince: current.madeAt }),
		...(next && { nextSince: next.madeAt, isPromoted: isSameDocument(next.text, current?.text) }),
		hasPrevious: previous !== undefined,
		...(expiry && { expiresOn: expiry.expiresOn }),
		...(state?.okAt === undefined ? {} : { takenAt: state.okAt }),
		...(state?.failedAt === undefined || state.failures === 0 ? {} : { refusedAt: state.failedAt }),
		...(rotation && { rotation }),
	};
}

/** A paragraph for each, at most 80 columns wide. */
export const listText = (all: readonly ListedCredential[], now: Instant): string => all.map((each) => paragraph(each, now)).join("\n");

const sorts = {
	vendor: "of a vendor",
	own: "our own",
	client: "an OAuth client of Genesys Cloud, made by the program",
	role: "none: the functions' own role in AWS",
} as const;

function paragraph(one: ListedCredential, now: Instant): string {
	const { name, sort, secrets, currentSince, hasPrevious, expiresOn, takenAt, refusedAt } = one;
	const kept = sort === "vendor" || sort === "own";
	const lines = [
		kept && secrets.length > 0 ? secrets.join(", ") : undefined,
		currentSince === undefined ? (kept ? "no value yet" : undefined) : `current for ${age(currentSince, now)}`,
		nextText(one, now),
		hasPrevious ? "the one before is kept" : undefined,
		expiresOn === undefined ? undefined : `valid until ${expiresOn}`,
		takenAt === undefined ? undefined : `last found taken ${age(takenAt, now)} ago`,
		refusedAt === undefined ? undefined : `REFUSED ${age(refusedAt, now)} ago`,
		rotationText(one),
	].filter((line) => line !== undefined);
	return [`${name}: ${sorts[sort]}`, ...lines.map((line) => `  ${line}`.slice(0, 80))].join("\n");
}

function nextText({ nextSince, isPromoted }: ListedCredential, now: Instant): string | undefined {
	if (nextSince === undefined) return undefined;
	return `next for ${age(nextSince, now)}: ${isPromoted === true ? "current by now, finish it" : "a rotation is under way"}`;
}

function rotationText({ rotation }: ListedCredential): string | undefined {
	if (rotation === undefined) return undefined;
	const { step, at, who, why } = rotation;
	return `rotation ${step} ${new Date(at).toISOString().slice(0, 16)}Z by ${who}: ${why}`;
}

function age(since: Instant, now: Instant): string {
	const minutes = Math.max(0, Math.round((now - since) / 60_000));
	if (minutes < 120) return `${minutes} min`;
	return minutes < 2880 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} days`;
}
