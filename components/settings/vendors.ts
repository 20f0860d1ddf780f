import * as z from "zod";
import { choice, section, text } from "../../functions/schemas/builders.ts";
import { foldVendors } from "../../functions/schemas/vendorFold.ts";
import { canPage } from "../../vendors/actions.ts";
import { type ChannelKind, channelKinds, vendorOf } from "../../vendors/kinds.ts";
import { givenName } from "../../vendors/patterns.ts";
import type { AccountKey, AccountValues, Channel } from "../../vendors/settings.ts";
import type { Field, TextField } from "../../vendors/vendor.ts";

function fieldSchema(field: Field): z.ZodType {
	const schema = "oneOf" in field ? choice(field.oneOf).default(field.usual) : textSchema(field);
	return field.about === undefined ? schema : schema.describe(field.about);
}

function textSchema({ pattern, expected, usual }: TextField): z.ZodType {
	const schema = text(pattern, expected);
	return usual === undefined ? schema : schema.default(usual);
}

/** What a channel is for: it pages, unless it says that it informs; where nothing can be read back it has to say so. */
function roleFields(kind: ChannelKind): Readonly<Record<string, z.ZodType>> {
	const { system } = vendorOf(kind);
	const informs = z.literal(true, {
		error: canPage(kind) ? "true, or nothing" : `true: nothing can be read back from ${system}, so that it cannot page`,
	});
	if (!canPage(kind)) return { informs: informs.describe("It is told beside the pages: nothing can be read back there.") };
	return {
		informs: informs.exactOptional().describe("It is told beside the pages, and never waited for; by default it pages."),
		pages: z
			.literal(true, { error: "true, or nothing" })
			.exactOptional()
			.describe("It pages: what is not proven in time goes to the next channel. The default."),
	};
}

const { channel, accounts } = foldVendors({
	name: text(givenName.pattern, givenName.expected).exactOptional().describe("Unique in its tier; by default the channel's kind."),
	field: fieldSchema,
	more: roleFields,
	section,
	account: (each) => each.exactOptional(),
	error: `a channel of kind ${new Intl.ListFormat("en-GB", { type: "disjunction" }).format(channelKinds)}`,
});

/** What a channel is for, as a stack file says it. */
interface Role {
	readonly informs?: true;
	readonly pages?: true;
}

type Unnamed<Each> = Each extends Channel ? Omit<Each, "name"> & { readonly name?: string } & Role : never;

/** A channel as a stack file gives it. */
export type ConfiguredChannel = Unnamed<Channel>;

/** One channel; `kind` decides what else it holds. Schema and type are read from the same descriptions. */
export const channelSchema = channel.describe("One way to reach a tier's people.") as z.ZodType<ConfiguredChannel>;

type AccountShape = {
	readonly [Kind in ChannelKind as AccountKey<Kind>]: z.ZodExactOptional<z.ZodType<AccountValues<Kind>>>;
};

/** The sections of the accounts at the vendors, by their keys. */
export const accountShape = accounts as AccountShape;
