import * as z from "zod";
import { severities, watchedConditions } from "../../functions/pipeline/model/incident.ts";
import { silencesEverything } from "../../functions/pipeline/silence/rules.ts";
import { longestSilenceMinutes } from "../../functions/pipeline/silence/settings.ts";
import { matchSchema } from "../../functions/schemas/routes.ts";
import { span } from "./parts.ts";

/** A silence by hand, as `npm run silence` takes it. */
export const silenceFields = {
	silence: z.string().min(1).max(32).default("by-hand").describe("Its id, by which it is ended."),
	match: matchSchema
		.refine((match) => !silencesEverything(match, watchedConditions, severities), "expected a matcher that leaves something out")
		.describe("What it is about, in the words of routes."),
	lasts: span.refine((seconds) => seconds <= longestSilenceMinutes * 60, "expected at most 24 hours"),
	why: z.string().min(1).default("maintenance"),
	by: z.string().default("the person on call"),
};
