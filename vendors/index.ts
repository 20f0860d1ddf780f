import { pagerduty } from "./pagerduty.ts";
import { sms } from "./sms.ts";
import type { Traits, Vendor } from "./vendor.ts";

/** Every vendor, by the `kind` of its channels in a stack file. */
export const vendors = { pagerduty, sms } as const satisfies Readonly<Record<string, Vendor>>;

export type ChannelKind = keyof typeof vendors;

/** The same list for whoever treats all vendors alike. */
const described: Readonly<Record<ChannelKind, Vendor>> = vendors;

export const vendorOf = (kind: ChannelKind): Vendor => described[kind];

export const traitsOf = (kind: ChannelKind): Traits => described[kind].traits;

export const isChannelKind = (text: string): text is ChannelKind => Object.hasOwn(vendors, text);

/** In the order of the list. */
export const channelKinds: readonly ChannelKind[] = Object.keys(vendors).filter(isChannelKind);
