import * as z from "zod";
import { type ChannelKind, channelKinds, vendorOf } from "../../vendors/kinds.ts";
import { givenName } from "../../vendors/patterns.ts";
import { type AccountKey, type AccountValues, type Channel, hasUsualAccount, type UsualKind } from "../../vendors/settings.ts";
import type { Field, Fields } from "../../vendors/vendor.ts";
import { choice, section, text } from "./builders.ts";

function fieldSchema(field: Field): z.ZodType {
	const schema = "oneOf" in field ? choice(field.oneOf).default(field.usual) : text(field.pattern, field.expected);
	return field.says === undefined ? schema : schema.describe(field.says);
}

const fieldSchemas = (fields: Fields) => Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, fieldSchema(field)]));

const channelOf = (kind: ChannelKind) =>
	section({
		kind: z.literal(kind),
		name: text(givenName.pattern, givenName.expected).exactOptional().describe("Unique in its tier; by default the channel's kind."),
		...fieldSchemas(vendorOf(kind).channel),
	});

const [first, ...others] = channelKinds.map(channelOf);
if (first === undefined) throw new Error("Expected a vendor in vendors/index.ts, got none");

/** "a, b or c" */
const anyOf = (words: readonly string[]): string => words.join(", ").replace(/, (?=[^,]*$)/, " or ");

type Unnamed<Each> = Each extends Channel ? Omit<Each, "name"> & { readonly name?: string } : never;

/** A channel as a stack file gives it. */
export type ConfiguredChannel = Unnamed<Channel>;

const union: z.ZodType = z
	.discriminatedUnion("kind", [first, ...others], { error: `a channel of kind ${anyOf(channelKinds)}` })
	.describe("One way to reach a tier's people.");

/** One channel; `kind` decides what else it holds. Schema and type are read from the same descriptions. */
export const channelSchema = union as z.ZodType<ConfiguredChannel>;

type AccountShape = { readonly [Kind in UsualKind as AccountKey<Kind>]: z.ZodPrefault<z.ZodType<AccountValues<Kind>>> } & {
	readonly [Kind in Exclude<ChannelKind, UsualKind> as AccountKey<Kind>]: z.ZodExactOptional<z.ZodType<AccountValues<Kind>>>;
};

const sections: Readonly<Record<string, z.ZodType>> = Object.fromEntries(
	channelKinds.map(vendorOf).map((vendor) => {
		const account = section(fieldSchemas(vendor.account.settings));
		return [vendor.account.key, hasUsualAccount(vendor) ? account.prefault({}) : account.exactOptional()];
	}),
);

/** The sections of the accounts at the vendors, by their keys. */
export const accountShape = sections as AccountShape;
