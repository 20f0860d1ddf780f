import * as v from "valibot";
import { type ChannelKind, vendorOf } from "../../vendors/kinds.ts";
import { filled } from "./contract.ts";

/** The document of the secret of a vendor's credential: its secrets, and what is held with them. */
export function vendorSecret(kind: ChannelKind): v.GenericSchema<unknown, Readonly<Record<string, string>>> {
	const { credential, secrets } = vendorOf(kind);
	return v.object(Object.fromEntries([...(credential.holds ?? []), ...Object.keys(secrets)].map((name) => [name, filled])));
}
