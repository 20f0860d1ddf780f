import type { ReadCall } from "./call.ts";
import { hasNamedHosts } from "./hosts.ts";
import { type ChannelKind, vendorOf } from "./kinds.ts";

/** How a vendor's pages are read back. Throws for one that only informs. */
export function readCallOf(kind: ChannelKind): ReadCall {
	const { system, calls } = vendorOf(kind);
	if (calls.read === undefined) throw new Error(`${system}: expected a call that reads a page back, got none`);
	return calls.read;
}

/** Whether its pages can be proven, so that a channel may page by it; every other one only informs. */
export const canPage = (kind: ChannelKind): boolean => vendorOf(kind).traits.proof !== "none";

/** Whether the workflow can call it by data actions. Elsewhere a function calls on its behalf: nothing in Genesys Cloud signs a request. */
export function isAction(kind: ChannelKind): boolean {
	const vendor = vendorOf(kind);
	const { send, read } = vendor.calls;
	return canPage(kind) && [send, read].every((call) => call?.signature === undefined) && hasNamedHosts(vendor);
}

/** Whether it takes news of a page beside its end: an answer, which it shows. */
export const takesNews = (kind: ChannelKind): boolean => vendorOf(kind).traits.acknowledges || vendorOf(kind).calls.update !== undefined;

/** Whether a message whose receipt is not known can be found: elsewhere nobody can tell that it did not arrive. */
export function canBeFound(kind: ChannelKind): boolean {
	const { find, read } = vendorOf(kind).calls;
	return find !== undefined || (read !== undefined && !Object.values(read.inputs).includes("page.receipt"));
}
