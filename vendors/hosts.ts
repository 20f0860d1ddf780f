import { filledTemplate } from "./call.ts";
import { channelKinds, vendorOf } from "./kinds.ts";
import type { BaseAddress, Host, Vendor } from "./vendor.ts";

type Settings = Readonly<Record<string, string>>;

const isBase = (name: Host["name"]): name is BaseAddress => typeof name === "object" && "from" in name;

/** The name of one of a vendor's hosts, for an account with these settings. Throws where the vendor has none for them. */
export function hostName({ system, hosts }: Pick<Vendor, "system" | "hosts">, host: string, account: Settings): string {
	const name = hosts[host]?.name;
	const found = name === undefined || isBase(name) ? undefined : nameFor(name, account);
	if (found === undefined) throw new Error(`${system}: expected a host "${host}" for this account, got none`);
	return found;
}

function nameFor(name: Exclude<Host["name"], BaseAddress>, account: Settings): string | undefined {
	if (typeof name === "string") return name;
	if ("names" in name) return name.names[account[name.setting] ?? ""];
	return filledTemplate(name.template, (setting) => account[setting] ?? "");
}

/** What the addresses of a host begin with; `held` is what a channel and a credential hold. Throws where the vendor has none for them. */
export function baseAddress(
	vendor: Pick<Vendor, "system" | "hosts">,
	host: string,
	held: Readonly<Record<BaseAddress["from"], Settings>>,
): string {
	const name = vendor.hosts[host]?.name;
	if (name !== undefined && isBase(name)) return held[name.from][name.field] ?? "";
	return `https://${hostName(vendor, host, held.account)}`;
}

/** Whether nothing but the account decides what the vendor's hosts are called. */
export const hasNamedHosts = ({ hosts }: Pick<Vendor, "hosts">): boolean =>
	Object.values(hosts).every(({ name }) => !isBase(name) || name.from === "account");

/** Every name that a host of a vendor can have, or what follows the settings in it. */
export const vendorHosts: readonly string[] = channelKinds
	.flatMap((kind) => Object.values(vendorOf(kind).hosts))
	.flatMap(({ name }) => {
		if (typeof name === "string") return [name];
		if (isBase(name)) return [];
		return "names" in name ? Object.values(name.names) : [name.template.replaceAll(/\{[^}]*\}/g, "")];
	});
