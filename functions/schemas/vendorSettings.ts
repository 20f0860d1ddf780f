import * as z from "zod";
import { type ChannelKind, channelKinds, vendorOf } from "../../vendors/kinds.ts";
import { type AccountKey, type AccountValues, type Channel, hasUsualAccount, type UsualKind } from "../../vendors/settings.ts";
import type { Field, Fields } from "../../vendors/vendor.ts";

const fieldSchema = (field: Field): z.ZodType<string> =>
	"oneOf" in field ? z.enum(field.oneOf) : z.string().regex(field.pattern, `expected ${field.expected}`);

const fieldSchemas = (fields: Fields) => Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, fieldSchema(field)]));

const channelOf = (kind: ChannelKind) =>
	z.strictObject({ kind: z.literal(kind), name: z.string().min(1), ...fieldSchemas(vendorOf(kind).channel) });

const [first, ...others] = channelKinds.map(channelOf);
if (first === undefined) throw new Error("Expected a vendor in vendors/index.ts, got none");

const union: z.ZodType = z.discriminatedUnion("kind", [first, ...others]);

/** One way to reach a tier's people, as it travels to the functions. Schema and type are read from the same descriptions. */
export const channelSettings = union as z.ZodType<Channel>;

type AccountShape = { readonly [Kind in UsualKind as AccountKey<Kind>]: z.ZodType<AccountValues<Kind>> } & {
	readonly [Kind in Exclude<ChannelKind, UsualKind> as AccountKey<Kind>]: z.ZodExactOptional<z.ZodType<AccountValues<Kind>>>;
};

const sections: Readonly<Record<string, z.ZodType>> = Object.fromEntries(
	channelKinds.map(vendorOf).map((vendor) => {
		const section = z.strictObject(fieldSchemas(vendor.account.settings));
		return [vendor.account.key, hasUsualAccount(vendor) ? section : section.exactOptional()];
	}),
);

/** The accounts at the vendors, by their keys. */
export const accountShape = sections as AccountShape;
