import { channelKinds, vendorOf } from "./kinds.ts";
import type { Vendor } from "./vendor.ts";

/** The name of one of a vendor's hosts, for an account with these settings. Throws where the vendor has none for them. */
export function hostName(
	{ system, hosts }: Pick<Vendor, "system" | "hosts">,
	host: string,
	account: Readonly<Record<string, string>>,
): string {
	const name = hosts[host]?.name;
	const found = typeof name === "object" ? name.names[account[name.setting] ?? ""] : name;
	if (found === undefined) throw new Error(`${system}: expected a host "${host}" for this account, got none`);
	return found;
}

/** Every name that a host of a vendor can have. */
export const vendorHosts: readonly string[] = channelKinds
	.flatMap((kind) => Object.values(vendorOf(kind).hosts))
	.flatMap(({ name }) => (typeof name === "string" ? [name] : Object.values(name.names)));
