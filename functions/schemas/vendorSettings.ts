import * as z from "zod";
import type { ChannelKind } from "../../vendors/kinds.ts";
import type { AccountKey, AccountValues, Channel } from "../../vendors/settings.ts";
import { foldVendors } from "./vendorFold.ts";

const { channel, accounts } = foldVendors({
	name: z.string().min(1),
	field: (field) => ("oneOf" in field ? z.enum(field.oneOf) : z.string().regex(field.pattern, `expected ${field.expected}`)),
	section: (shape) => z.strictObject(shape),
	account: (section) => section.exactOptional(),
});

/** One way to reach a tier's people, as it travels to the functions. Schema and type are read from the same descriptions. */
export const channelSettings = channel as z.ZodType<Channel>;

type AccountShape = {
	readonly [Kind in ChannelKind as AccountKey<Kind>]: z.ZodExactOptional<z.ZodType<AccountValues<Kind>>>;
};

/** The accounts at the vendors, by their keys. */
export const accountShape = accounts as AccountShape;
