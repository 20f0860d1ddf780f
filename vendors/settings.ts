import { type ChannelKind, type Vendors, vendorOf } from "./kinds.ts";
import type { Fields, Vendor } from "./vendor.ts";

/** A setting that a stack may leave out. */
type UsualField = { readonly usual: string };

type ValueOf<Field> = Field extends { readonly oneOf: readonly (infer Word)[] } ? Word : string;
export type Values<Settings> = { readonly [Name in keyof Settings]: ValueOf<Settings[Name]> };

/** One way to reach a tier's people, as it stands in the settings; `name` is unique within its tier. */
export type ChannelOf<Kind extends ChannelKind> = { readonly kind: Kind; readonly name: string } & Values<Vendors[Kind]["channel"]>;
export type Channel = { readonly [Kind in ChannelKind]: ChannelOf<Kind> }[ChannelKind];

export type AccountKey<Kind extends ChannelKind> = Vendors[Kind]["account"]["key"];
export type AccountValues<Kind extends ChannelKind> = Values<Vendors[Kind]["account"]["settings"]>;

/** The vendors whose account needs no word of the stack, because each of its settings has a usual value. */
export type UsualKind = {
	[Kind in ChannelKind]: Vendors[Kind]["account"]["settings"] extends Readonly<Record<string, UsualField>> ? Kind : never;
}[ChannelKind];

/** The accounts of a stack, by their keys. */
export type Accounts = { readonly [Kind in UsualKind as AccountKey<Kind>]: AccountValues<Kind> } & {
	readonly [Kind in Exclude<ChannelKind, UsualKind> as AccountKey<Kind>]?: AccountValues<Kind>;
};

/** Whether the stack may leave the whole section out. */
export const hasUsualAccount = ({ account }: Pick<Vendor, "account">): boolean =>
	Object.values<Fields[string]>(account.settings).every((field) => "usual" in field);

/** The settings of a vendor's account; undefined where the stack has none. */
export function accountOf(accounts: Accounts, kind: ChannelKind): Readonly<Record<string, string>> | undefined {
	const { key } = vendorOf(kind).account;
	return Object.entries(accounts).find(([name]) => name === key)?.[1];
}

/** One setting of a channel; "" where the channel lacks it, as one that is wrong may. */
export function settingOf(channel: { readonly kind: ChannelKind }, setting: string): string {
	const found: unknown = Object.entries(channel).find(([name]) => name === setting)?.[1];
	return typeof found === "string" ? found : "";
}
