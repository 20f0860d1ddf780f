import * as z from "zod";
import { whole } from "./builders.ts";

const waitsError = "a list of waits in seconds";

/** What a policy says beside its tiers. */
export const policyFields = {
	attemptsPerChannel: whole(1, 3, "attempts").default(3).describe("Per executor, channel and tier."),
	waitsSeconds: z
		.array(whole(1, 900, "seconds"), { error: waitsError })
		.default([30, 60])
		.describe("Between attempts, growing; one fewer than the attempts."),
	proofSeconds: whole(5, 900, "seconds")
		.default(60)
		.describe("How long an accepted page may stay unproven before the next channel is used."),
	readBackSeconds: whole(1, 300, "seconds").default(10).describe("Between two reads while a page is unproven."),
	acknowledgeSeconds: whole(60, 86_400, "seconds").default(300).describe("From a tier's first proven page to the next tier."),
	staleSeconds: whole(120, 172_800, "seconds")
		.default(900)
		.describe("An incident this old and unacknowledged is escalated whatever the workflow is doing."),
	repeatSeconds: whole(300, 86_400, "seconds")
		.default(3600)
		.describe("How long after the last tier nobody answered everybody is asked anew."),
	repeatsADay: whole(0, 288, "rounds").default(24).describe("How often in a day; 0 asks once only."),
	acknowledgedForSeconds: whole(600, 604_800, "seconds")
		.default(14_400)
		.describe("How long an acknowledgement holds while the failure goes on; whoever gave it is then asked first."),
	reopenSeconds: whole(60, 604_800, "seconds")
		.default(900)
		.describe("How long after somebody ended a page by hand at its vendor the failure that is still there is told again."),
	acknowledgeLinks: z
		.boolean({ error: "true or false" })
		.default(true)
		.describe("Whether a text ends in a link by which its incident is acknowledged: an SMS takes no other answer."),
} as const;
