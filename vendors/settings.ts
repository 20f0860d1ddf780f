import { type ChannelKind, type Vendors, vendorOf } from "./kinds.ts";
import type { Fields, Vendor } from "./vendor.ts";

type ValueOf<Field> = Field extends { readonly oneOf: readonly (infer Word)[] } ? Word : string;
export type Values<Settings> = { readonly [Name in keyof Settings]: ValueOf<Settings[Name]> };

/** One way to reach a tier's people, as it stands in the settings; `name` is unique within its tier. */
export type ChannelOf<Kind extends ChannelKind> = { readonly kind: Kind; readonly name: string } & Values<Vendors[Kind]["channel"]>;
export type Channel = { readonly [Kind in ChannelKind]: ChannelOf<Kind> }[ChannelKind];

export type AccountKey<Kind extends ChannelKind> = Vendors[Kind]["account"]["key"];
export type AccountValues<Kind extends ChannelKind> = Values<Vendors[Kind]["account"]["settings"]>;

/** The accounts of a stack, by their keys. */
export type Accounts = { readonly [Kind in ChannelKind as AccountKey<Kind>]?: AccountValues<Kind> };

/** Whether the stack may leave the whole section out. */
export const hasUsualAccount = ({ account }: Pick<Vendor, "account">): boolean =>
	Object.values<Fields[string]>(account.settings).every((field) => "usual" in field);

/** The settings of a vendor's account, the usual ones where the stack says nothing; undefined where there are none. */
export function accountOf(accounts: Accounts, kind: ChannelKind): Readonly<Record<string, string>> | undefined {
	const { account } = vendorOf(kind);
	const given = Object.entries(accounts).find(([name]) => name === account.key)?.[1];
	if (given !== undefined) return given;
	const usual = Object.entries(account.settings).map(([name, field]) => [name, field.usual ?? ""]);
	return hasUsualAccount({ account }) ? Object.fromEntries(usual) : undefined;
}

/** One setting of a channel; "" where the channel lacks it, as one that is wrong may. */
export function settingOf(channel: { readonly kind: ChannelKind }, setting: string): string {
	const found: unknown = Object.entries(channel).find(([name]) => name === setting)?.[1];
	return typeof found === "string" ? found : "";
}
