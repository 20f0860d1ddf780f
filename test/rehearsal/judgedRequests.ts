import { accountAt, type EmulatedKind, emulatedKinds, emulatorOf, type VendorAccounts } from "../../rehearsal/vendors/emulators.ts";
import { judgeOf } from "../../rehearsal/vendors/judge.ts";

/** What a rehearsal asked the vendors. */
export interface JudgedRequests {
	/** How many requests each of them was sent, also those that a fault kept away. */
	readonly counts: Readonly<Partial<Record<EmulatedKind, number>>>;
	/** What is wrong with them by the vendors' own documents, each sentence once. */
	readonly wrong: readonly string[];
}

/** Judges those requests of a rehearsal that are for a vendor. */
export async function judgedRequests(vendors: VendorAccounts, requests: readonly Request[]): Promise<JudgedRequests> {
	const counts: Partial<Record<EmulatedKind, number>> = {};
	const wrong = new Set<string>();
	for (const request of requests) {
		const kind = addressee(vendors, request);
		if (kind === undefined) continue;
		counts[kind] = (counts[kind] ?? 0) + 1;
		for (const problem of await judgeOf(emulatorOf(kind), accountAt(vendors, kind).hosts)(request)) wrong.add(problem);
	}
	return { counts, wrong: [...wrong] };
}

/** Where several vendors have one host, it is for the one that takes it; undefined where it is no vendor's. */
function addressee(vendors: VendorAccounts, request: Request): EmulatedKind | undefined {
	const { host } = new URL(request.url);
	const there = emulatedKinds.filter((kind) => Object.values(accountAt(vendors, kind).hosts).includes(host));
	const takes = (kind: EmulatedKind) => accountAt(vendors, kind).takes;
	return there.find((kind) => takes(kind)?.(request) === true) ?? there.find((kind) => takes(kind) === undefined) ?? there[0];
}
