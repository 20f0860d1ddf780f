import { createHmac } from "node:crypto";
import * as z from "zod";

const order = z.object({
	schema: z.literal("genesyscloud-runbooks/page/1"),
	action: z.enum(["page", "read", "acknowledge", "resolve", "check"]),
	key: z.string().min(1).max(100),
	title: z.string().max(130).optional(),
	entity: z.string().optional(),
	details: z.record(z.string(), z.string()).optional(),
	note: z.string().optional(),
});
export type Order = z.output<typeof order>;

/** How far a timestamp may be from now, in both directions. */
export const windowMilliseconds = 300_000;

/** What a body asks for; undefined for what is no order. */
export function readOrder(text: string): Order | undefined {
	try {
		return order.safeParse(JSON.parse(text)).data;
	} catch {
		return undefined;
	}
}

/** The signature of a request that is signed with this secret, and not too long ago; undefined for every other one. */
export function signatureOf({ headers }: Request, body: string, secret: string, now: number): string | undefined {
	const timestamp = headers.get("x-runbooks-timestamp") ?? "";
	const signature = `v1=${createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex")}`;
	const isFresh = /^\d+$/.test(timestamp) && Math.abs(now - Number(timestamp) * 1000) <= windowMilliseconds;
	return isFresh && headers.get("x-runbooks-signature") === signature ? signature : undefined;
}
