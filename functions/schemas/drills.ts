import * as z from "zod";
import { givenName } from "../../vendors/patterns.ts";
import { usualDrills } from "../pipeline/drill/settings.ts";
import { section, text, whole } from "./builders.ts";
import { isZone, zoneError } from "./routes.ts";
import { recurrenceFields } from "./windows.ts";

const name = text(givenName.pattern, givenName.expected);
const scheduleError = "a list of drills, each with policy, days, at and zone";
const mostScheduled = 20;

export const drillsSchema = section({
	provenWithinSeconds: whole(120, 3600, "seconds")
		.default(usualDrills.provenWithinSeconds)
		.describe("A page of a drill that is not proven so long after it was wanted is an incident, drill-failed."),
	closeAfterSeconds: whole(60, 600, "seconds")
		.default(usualDrills.closeAfterSeconds)
		.describe("How long after its answer, or after the end of its policy, a drill closes itself."),
	startWithinSeconds: whole(120, 7200, "seconds")
		.default(usualDrills.startWithinSeconds)
		.describe("How long after its time a drill may begin; one that nobody was there to begin is an incident, drill-failed."),
	failedPolicy: name
		.exactOptional()
		.describe(
			"A name of policies: who is told of a drill that failed. By default whoever the routes say; never the policy that was drilled, where there is another.",
		),
	schedule: z
		.array(
			section({
				policy: name.describe("A name of policies: who is drilled."),
				...recurrenceFields,
				zone: z.string({ error: zoneError }).refine(isZone, { error: zoneError }).describe("Whose clocks, summer time included."),
			}),
			{ error: scheduleError },
		)
		.max(mostScheduled, { error: `at most ${mostScheduled} drills` })
		.default([])
		.describe("Drills that come every week."),
}).describe("Exercises: an incident marked [DRILL] takes the whole way of a failure, and ends by itself.");
