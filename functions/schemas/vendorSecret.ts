import * as z from "zod";
import { type ChannelKind, vendorOf } from "../../vendors/kinds.ts";
import { filled } from "./secrets.ts";

/** The document of the secret of a vendor's credential: its secrets, and what is held with them. */
export function vendorSecret(kind: ChannelKind): z.ZodType<Readonly<Record<string, string>>> {
	const { credential, secrets } = vendorOf(kind);
	return z.object(Object.fromEntries([...(credential.holds ?? []), ...Object.keys(secrets)].map((name) => [name, filled])));
}
