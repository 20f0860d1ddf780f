import * as z from "zod";
import { remediationModes } from "../pipeline/settings.ts";
import { choice, section, whole } from "./builders.ts";
import { remedySettings } from "./remedySettings.ts";

/** How far the ladder is climbed, and what with; the word `observe` alone is its lowest rung. */
export const remediationSchema = z.union(
	[
		z.literal("observe"),
		section({
			mode: choice(remediationModes).describe(
				"observe never acts, approve asks a person by a link in the page, auto acts before anybody is paged.",
			),
			remedy: remedySettings.describe("What is done, and how it is undone."),
			windowSeconds: whole(60, 3600, "seconds").default(300).describe("How long the remedy has to help before it is undone."),
			cooldownSeconds: whole(60, 604_800, "seconds").default(3600).describe("How long it is not begun again, whatever the incident."),
		}),
	],
	{ error: "observe, or a section with mode, remedy, windowSeconds and cooldownSeconds" },
);
