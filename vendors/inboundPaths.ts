import { credentialsOf } from "./credentials.ts";
import type { Inbound } from "./inbound.ts";
import { type ChannelKind, isChannelKind, vendorOf } from "./kinds.ts";

/** Below which path of the webhook's address vendors are heard. */
export const inboundRoot = "/vendors/";

/** A vendor that is heard, by one of its credentials. */
export interface HeardVendor {
	readonly kind: ChannelKind;
	readonly credential: string;
	readonly inbound: Inbound;
	/** Below the root: `pagerduty/primary`, or the kind alone where one credential is for all channels. */
	readonly path: string;
}

/** The vendor that a path is for, wherever it is open or not. */
export function heardVendor(path: string): HeardVendor | undefined {
	const [kind = "", place, ...rest] = path.split("/");
	if (!isChannelKind(kind) || rest.length > 0) return undefined;
	const { inbound, credential } = vendorOf(kind);
	if (inbound === undefined || (credential.per === undefined) !== (place === undefined) || place === "") return undefined;
	return { kind, credential: place === undefined ? credential.name : `${credential.name}-${place}`, inbound, path };
}

/** Every vendor that can be heard of these channels, by each of its credentials. */
export function heardVendors(channels: Parameters<typeof credentialsOf>[0]): readonly HeardVendor[] {
	return credentialsOf(channels).flatMap(({ credential, kind }) => {
		const { name, per } = vendorOf(kind).credential;
		return heardVendor(per === undefined ? kind : `${kind}/${credential.slice(name.length + 1)}`) ?? [];
	});
}
