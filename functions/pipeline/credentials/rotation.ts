import { change, readItem } from "../ledger/store.ts";
import { rotationsKey } from "../model/keys.ts";
import type { Instant } from "../model/words.ts";
import type { Ports } from "../ports.ts";
import type { SecretVault, StoredVersions } from "./vault.ts";

/** The last step of a credential's rotation, and who took it. */
export interface Rotation {
	readonly step: "begun" | "finished" | "cancelled";
	readonly at: Instant;
	readonly who: string;
	readonly why: string;
}

/** The one item of all rotations, by the names of the credentials. */
export type Rotations = Readonly<Record<string, Rotation>>;

export type RotationReason =
	/** There is a new value beside the current one. */
	| "begun"
	/** The new value is the next one, or current, already: nothing is stored. */
	| "already-begun"
	/** The same value as the current one, which has no other beside it. */
	| "unchanged"
	/** Another rotation is under way: it is finished or cancelled first. */
	| "under-way"
	| "finished"
	/** `pulumi up` has made the next value current: only its label is left. */
	| "finished-by-deployment"
	/** The workflow's copy, inside Genesys Cloud, is still the old one: only `pulumi up` writes it. */
	| "not-deployed"
	| "cancelled"
	/** The new value is current already: it can only be finished, or replaced by another rotation. */
	| "promoted"
	/** There is nothing to finish or to cancel. */
	| "none";

/** What is to be done with a secret, and why. */
export interface RotationPlan {
	readonly do: "put" | "promote" | "drop" | "nothing";
	readonly reason: RotationReason;
	/** Whether the step is recorded: one that was taken before, and may have died before its record, is. */
	readonly step?: Rotation["step"];
}

/** Whether two documents say the same. */
export function isSameDocument(one: string | undefined, other: string | undefined): boolean {
	return one !== undefined && other !== undefined && (one === other || canonical(one) === canonical(other));
}

const fieldIn = (text: string | undefined, field: string): string =>
	text === undefined ? "" : JSON.stringify(Reflect.get(Object(JSON.parse(text)), field));

/** A document whatever the order of its fields. */
function canonical(text: string): string {
	const document: unknown = JSON.parse(text);
	return JSON.stringify(Object.entries(Object(document)).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/**
 * To begin: the new value stands beside the current one. Asked again with the same value, nothing changes but what a death left undone. `wanted` is
 * the next document, or the current one, with another value of `field`: a credential of two secrets is rotated by one after the other.
 */
export function planBegin({ current, next }: StoredVersions, wanted: string, field: string): RotationPlan {
	if (isSameDocument(next?.text, wanted)) return { do: "nothing", reason: "already-begun", step: "begun" };
	if (isSameDocument(current?.text, wanted)) return { do: "nothing", reason: "unchanged" };
	const isTaken = next !== undefined && fieldIn(next.text, field) !== fieldIn(current?.text, field);
	if (isTaken) return { do: "nothing", reason: "under-way" };
	return { do: "put", reason: "begun", step: "begun" };
}

/**
 * To finish: the new value becomes current. Where the workflow holds a copy of the credential, `pulumi up` has to have written both: that the current
 * value is the new one by now proves it.
 */
export function planFinish({ current, next }: StoredVersions, last: Rotation | undefined, hasCopy: boolean): RotationPlan {
	if (next === undefined || current === undefined) return { do: "nothing", reason: last?.step === "finished" ? "finished" : "none" };
	if (next.id === current.id) return { do: "drop", reason: "finished", step: "finished" };
	if (isSameDocument(next.text, current.text)) return { do: "drop", reason: "finished-by-deployment", step: "finished" };
	return hasCopy ? { do: "nothing", reason: "not-deployed" } : { do: "promote", reason: "finished", step: "finished" };
}

/** To cancel: the current value stays, and the new one is nothing any more. */
export function planCancel({ current, next }: StoredVersions, last: Rotation | undefined): RotationPlan {
	if (next === undefined) return { do: "nothing", reason: last?.step === "cancelled" ? "cancelled" : "none" };
	if (isSameDocument(next.text, current?.text)) return { do: "nothing", reason: "promoted" };
	return { do: "drop", reason: "cancelled", step: "cancelled" };
}

/** Carries a plan out. The record comes last: what died before it is asked again, and finds the work done. */
export async function carryOut(vault: SecretVault, { current, next }: StoredVersions, plan: RotationPlan, wanted = ""): Promise<void> {
	switch (plan.do) {
		case "put":
			await vault.putNext(wanted);
			return;
		case "promote":
			if (next === undefined || current === undefined) return;
			await vault.promote(next, current);
			await vault.dropNext(next);
			return;
		case "drop":
			if (next !== undefined) await vault.dropNext(next);
			return;
		case "nothing":
			return;
	}
}

export type RotationPorts = Pick<Ports, "ledger"> & { readonly environment: string };

/** The rotations that the ledger knows of. Throws EdgeError. */
export const readRotations = async ({ ledger, environment }: RotationPorts): Promise<Rotations> =>
	(await readItem<Rotations>(ledger, rotationsKey(environment))) ?? {};

/** Writes down who took a step and why; a step that was written down before keeps its own words. Throws EdgeError. */
export const recordRotation = ({ ledger, environment }: RotationPorts, name: string, rotation: Rotation): Promise<Rotation> =>
	change<Rotations, Rotation>(ledger, rotationsKey(environment), (known = {}) => {
		const before = known[name];
		if (before?.step === rotation.step) return { result: before };
		return { write: { ...known, [name]: rotation }, result: rotation };
	});
