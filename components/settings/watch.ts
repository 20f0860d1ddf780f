import * as z from "zod";
import { section, text } from "../../functions/schemas/builders.ts";
import { part } from "./parts.ts";
import type { WatchSwitches } from "./secrets.ts";

const yesOrNo = () => z.boolean({ error: "true or false" }).default(false);

/** Who hears that something is wrong with the system itself. */
export const watchSchema = section({
	emails: z
		.array(text(/^[^\s@]{1,64}@[^\s@]+\.[^\s@]+$/, "an e-mail address"), { error: "a list of e-mail addresses" })
		.max(20, { error: "at most 20 e-mail addresses" })
		.default([])
		.describe("Get every alarm by Amazon SNS, once they have confirmed the e-mail that asks them to."),
	pager: yesOrNo().describe(
		"Whether an incident system gets every alarm of Amazon SNS, without anything of ours; its address is the secret watch-pagerUrl.",
	),
	heartbeat: yesOrNo().describe(
		"Whether the overseer calls a dead-man's switch outside AWS after each good run; its address is the secret watch-heartbeatUrl.",
	),
});

/** What of it is called outside; nothing of a malformed one. */
export const watchSwitches = (watch: unknown): WatchSwitches => part(watchSchema, watch) ?? {};
