import * as vendors from "./index.ts";
import type { Traits, Vendor } from "./vendor.ts";

/** The descriptions as they are written, each with a type of its own. */
export type Vendors = typeof vendors;

export type ChannelKind = keyof Vendors;

/** The same list for whoever treats all vendors alike. */
const described: Readonly<Record<ChannelKind, Vendor>> = vendors;

export const vendorOf = (kind: ChannelKind): Vendor => described[kind];

export const traitsOf = (kind: ChannelKind): Traits => described[kind].traits;

export const isChannelKind = (text: string): text is ChannelKind => Object.hasOwn(vendors, text);

/** By the alphabet, as the names of a module are. */
export const channelKinds: readonly ChannelKind[] = Object.keys(vendors).filter(isChannelKind);
