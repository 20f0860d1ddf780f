import * as z from "zod";
import { remediationModes } from "../../functions/pipeline/settings.ts";
import { choice, section, text, whole } from "./builders.ts";

const documentError = "the name of an Automation document (3 to 128 letters, digits, dots, dashes and underscores)";
const document = text(/^[A-Za-z0-9_.-]{3,128}$/, documentError);
const parametersError = "a section of parameter: list of texts";
const groupError = "the id of an emergency group, a UUID (Admin > Architect > Emergency Groups)";
const urlError = "an HTTPS address of at most 500 characters, without credentials or fragment";

const remedy = z.discriminatedUnion(
	"kind",
	[
		section({
			kind: z.literal("emergency-group"),
			groupId: z.guid({ error: groupError }).describe("Switched on to remedy, and off to undo."),
		}),
		section({
			kind: z.literal("webhook"),
			url: text(/^https:\/\/[^\s/@#]+(\/[^\s@#]*)?$/, urlError)
				.max(500, { error: urlError })
				.describe("Told to do and to undo by a signed POST."),
		}),
		section({
			kind: z.literal("ssm"),
			document: document.describe("Started to remedy."),
			parameters: z
				.record(
					text(/^[A-Za-z0-9]{1,50}$/, "a parameter's name"),
					z.array(z.string({ error: parametersError }), { error: parametersError }),
					{
						error: parametersError,
					},
				)
				.exactOptional()
				.describe("Of both documents. An AutomationAssumeRole among them may be passed on; no secrets, they are plain."),
			undoDocument: document.exactOptional().describe("Started to undo. Without one nothing is undone, and the record says so."),
		}),
	],
	{ error: "a remedy of kind emergency-group, webhook or ssm" },
);

/** How far the ladder is climbed, and what with; the word `observe` alone is its lowest rung. */
export const remediationSchema = z.union(
	[
		z.literal("observe"),
		section({
			mode: choice(remediationModes).describe(
				"observe never acts, approve asks a person by a link in the page, auto acts before anybody is paged.",
			),
			remedy: remedy.describe("What is done, and how it is undone."),
			windowSeconds: whole(60, 3600, "seconds").default(300).describe("How long the remedy has to help before it is undone."),
			cooldownSeconds: whole(60, 604_800, "seconds").default(3600).describe("How long it is not begun again, whatever the incident."),
		}),
	],
	{ error: "observe, or a section with mode, remedy, windowSeconds and cooldownSeconds" },
);
