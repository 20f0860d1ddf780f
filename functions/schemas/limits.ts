import * as z from "zod";
import { section, share, whole } from "./builders.ts";

export const groupingSchema = z
	.union(
		[
			z.literal(false),
			section({
				over: whole(1, 1000, "failures").default(5).describe("More of them than this under one condition are one page."),
				withinSeconds: whole(60, 3600, "seconds").default(120).describe("Opened within this time."),
			}),
		],
		{ error: "false, or a section with over and withinSeconds" },
	)
	.describe(
		"Many failures at once are one page that names them. With false each pages by itself, unless more of them open in a minute than half of vendorRequestsPerMinute (100 at most): their first pages would come too late.",
	);

export const limitsSchema = section({
	incidentsInResponse: whole(1, 100, "incidents").default(10).describe("Incidents in response at once, all functions together."),
	genesysRequestsPerMinute: whole(10, 10_000, "requests").default(300).describe("What Genesys Cloud allows one OAuth client in a minute."),
	genesysShare: share().default(0.8).describe("The share of it in use."),
	vendorRequestsPerMinute: whole(1, 10_000, "requests").default(60).describe("For one credential of a vendor."),
	takeOverSeconds: whole(30, 3600, "seconds").default(60).describe("How long the overseer waits for a launch, a claim or a sign of life."),
	detectorSilentSeconds: whole(120, 86_400, "seconds").default(300).describe("A poller silent for this long is itself an incident."),
	failedPollsToOpen: whole(1, 60, "polls in a row").default(3).describe("Failed polls that make an incident of the poller's own failure."),
	keepClosedDays: whole(1, 3650, "days").default(400).describe("How long closed incidents stay in the ledger."),
});
