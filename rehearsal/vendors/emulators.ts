import type { Emulator, VendorAccount, VendorFault } from "./emulator.ts";
import * as emulators from "./index.ts";

/** The emulators as they are written, each with a type of its own. */
type Emulators = typeof emulators;

/** The kinds of channels that can be rehearsed. */
export type EmulatedKind = keyof Emulators;
/** As scenarios and the timeline call vendors. */
export type VendorSystem = Emulators[EmulatedKind]["system"];
/** An account at every vendor. */
export type VendorAccounts = { readonly [Kind in EmulatedKind]: ReturnType<Emulators[Kind]["open"]> };

/** One of them, for whoever treats all vendors alike. */
export const accountAt = (vendors: VendorAccounts, kind: EmulatedKind): VendorAccount => vendors[kind];

/** The same list for whoever treats all vendors alike. */
const described: Readonly<Record<EmulatedKind, Emulator & { readonly system: VendorSystem }>> = emulators;

export const emulatorOf = (kind: EmulatedKind): (typeof described)[EmulatedKind] => described[kind];

const isEmulatedKind = (text: string): text is EmulatedKind => Object.hasOwn(emulators, text);

/** By the alphabet, as the names of a module are. */
export const emulatedKinds: readonly EmulatedKind[] = Object.keys(emulators).filter(isEmulatedKind);

export const vendorSystems: readonly VendorSystem[] = emulatedKinds.map((kind) => emulatorOf(kind).system);

export const systemsWith = (fault: VendorFault["does"]): readonly VendorSystem[] =>
	emulatedKinds.map(emulatorOf).flatMap(({ system, faults }) => (faults.includes(fault) ? [system] : []));

/** Those that tell by webhooks what happens. */
export const tellingSystems: readonly VendorSystem[] = emulatedKinds
	.map(emulatorOf)
	.flatMap(({ system, tells }) => (tells ? [system] : []));

export function kindOf(system: VendorSystem): EmulatedKind {
	const found = emulatedKinds.find((kind) => emulatorOf(kind).system === system);
	if (found === undefined) throw new Error(`Expected the system of an emulator, got ${system}`);
	return found;
}

/** Whose credential has this name, and of which place where each has its own; undefined for one that is no vendor's. */
export function ownerOf(credential: string): { readonly kind: EmulatedKind; readonly place: string } | undefined {
	for (const kind of emulatedKinds) {
		const { name, isPerPlace } = emulatorOf(kind).credential;
		if (isPerPlace ? credential.startsWith(`${name}-`) : credential === name) return { kind, place: credential.slice(name.length + 1) };
	}
	return undefined;
}
