import * as z from "zod";
import { type ChannelKind, channelKinds, vendorOf } from "../../vendors/kinds.ts";
import type { Field, Fields } from "../../vendors/vendor.ts";

/** How the schemas of the vendors' settings are made: a stack file and what travels to the functions allow and say different things. */
export interface VendorParts {
	/** A channel's own name. */
	readonly name: z.ZodType;
	readonly field: (field: Field) => z.ZodType;
	/** What else a channel of a kind may hold. */
	readonly more?: (kind: ChannelKind) => Readonly<Record<string, z.ZodType>>;
	readonly section: (shape: Readonly<Record<string, z.ZodType>>) => z.ZodObject;
	/** The section of an account. */
	readonly account: (section: z.ZodObject) => z.ZodType;
	/** What is expected of a channel's kind. */
	readonly error?: string;
}

/** The schemas of one channel, and of the accounts by their keys, folded over the vendors' descriptions. */
export function foldVendors({ name, field, more, section, account, error }: VendorParts): {
	readonly channel: z.ZodType;
	readonly accounts: Readonly<Record<string, z.ZodType>>;
} {
	const fieldsOf = (fields: Fields) => Object.fromEntries(Object.entries(fields).map(([key, each]) => [key, field(each)]));
	const channelOf = (kind: ChannelKind) => section({ kind: z.literal(kind), name, ...fieldsOf(vendorOf(kind).channel), ...more?.(kind) });
	const [first, ...others] = channelKinds.map(channelOf);
	if (first === undefined) throw new Error("Expected a vendor in vendors/index.ts, got none");
	const described = channelKinds.map((kind) => vendorOf(kind).account).filter(({ settings }) => Object.keys(settings).length > 0);
	const accounts = described.map(({ key, settings }) => {
		return [key, account(section(fieldsOf(settings)))] as const;
	});
	return {
		channel: z.discriminatedUnion("kind", [first, ...others], error === undefined ? {} : { error }),
		accounts: Object.fromEntries(accounts),
	};
}
