import * as z from "zod";
import type { DispatchMessage } from "../pipeline/ports.ts";

/** The body of one message of the dispatch queue: which occurrence of which incident wants a response. */
export const dispatchMessage = z.strictObject({
	incidentKey: z.string().min(1).max(100),
	occurrence: z.number().int().positive(),
}) satisfies z.ZodType<DispatchMessage>;
