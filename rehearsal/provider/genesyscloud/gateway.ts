import * as z from "zod";
import type { Values } from "../../engine/marks.ts";

const gateways = z.array(z.object({ host: z.string(), port: z.string(), protocol: z.enum(["http", "https"]) })).min(1);

/** Where the API is, out of the provider's `gateways`: the engine sends a list of a stack's configuration as JSON text. Throws Error where there is none. */
export function addressOf({ gateways: given }: Values): string {
	const { data, error } = gateways.safeParse(typeof given === "string" ? JSON.parse(given) : given);
	const [gateway] = data ?? [];
	if (gateway === undefined)
		throw new Error(
			`genesyscloud:gateways: expected a list of {host, port, protocol}, port as a text, got ${JSON.stringify(given)}: ${error?.issues[0]?.message}`,
		);
	return `${gateway.protocol}://${gateway.host}:${gateway.port}`;
}
