import * as z from "zod";
import type { Field, Fields, ValueOf } from "../../conditions/fields.ts";
import { type AnyWatched, type FieldsOf, type WatchedName, watchedRunbooks } from "../../conditions/runbooks.ts";
import { longestWindow } from "../../functions/pipeline/confirm/intermittent.ts";
import { severities } from "../../functions/pipeline/model/words.ts";
import type { Intermittent } from "../../functions/pipeline/settings.ts";
import { fieldSchema } from "../../functions/schemas/runbookFields.ts";
import { choice, section, units, whole } from "./builders.ts";
import { remediationSchema } from "./remediation.ts";

const intermittentError = "false, or a section with breaches and of";

/**
 * Half of the last ten minutes is no passing disturbance: half of all calls fail, and nothing that fails once or twice in ten minutes gets
 * there. Below it nobody is woken.
 */
const usualIntermittent = { breaches: 5, of: 10 } as const;

const intermittentSchema = z.union(
	[
		z.literal(false),
		section({
			breaches: whole(2, longestWindow, "breaches").describe("More than breachesToOpen."),
			of: whole(3, longestWindow, "readings").describe("The last so many readings."),
		}),
	],
	{ error: intermittentError },
);

/** The rule about failures that come and go where a stack says nothing: never one that says less than its own number of breaches in a row. */
export const intermittentByDefault = ({ momentary }: AnyWatched, breachesToOpen: number): Intermittent | false =>
	momentary && breachesToOpen < usualIntermittent.breaches ? usualIntermittent : false;

function intermittentText({ momentary }: AnyWatched): string {
	const usual = `{breaches: ${usualIntermittent.breaches}, of: ${usualIntermittent.of}} where breachesToOpen is less than that`;
	return `So many breaches among the last so many readings open an incident as well; by default ${momentary ? usual : "false"}.`;
}

/** What every runbook's settings have. */
const commonFields = (runbook: AnyWatched) => ({
	enabled: z.boolean({ error: "true or false" }).default(runbook.enabled).describe("Whether it is watched."),
	severity: choice(severities)
		.default(runbook.severity)
		.describe("Of its incidents; a critical one goes straight to people, before any remedy."),
	breachesToOpen: whole(1, 60, "readings in a row").default(runbook.breachesToOpen).describe("Breaches in a row that open an incident."),
	clearsToClose: whole(1, 60, "readings in a row").default(3).describe("Clears in a row that close it."),
	intermittent: intermittentSchema.exactOptional().describe(intermittentText(runbook)),
	remediation: remediationSchema.default("observe").describe("observe looks and never acts; a section may act."),
});

/** What a runbook's settings have beside that, each with its default. */
function ownFields(fields: Fields) {
	const entries = Object.entries(fields).map(([key, field]) => [key, counted(field).default(defaultOf(field)).describe(field.about)]);
	return Object.fromEntries(entries);
}

function counted(field: Field): z.ZodType {
	const schema = fieldSchema(field);
	if (field.kind === "whole") units.add(schema, { unit: field.unit });
	return schema;
}

const defaultOf = (field: Field): unknown => (field.kind === "list" ? [] : field.default);

type OwnShape<F> = { readonly [K in keyof F]: z.ZodDefault<z.ZodType<ValueOf<F[K]>>> };
type RunbookSections = {
	readonly [Name in WatchedName]: z.ZodPrefault<z.ZodObject<ReturnType<typeof commonFields> & OwnShape<FieldsOf<Name>>, z.core.$strict>>;
};

/** The runbooks that a stack can tune, each a section of its fields. */
export const runbookSections = Object.fromEntries(
	watchedRunbooks.map((runbook) => [
		runbook.name,
		section({ ...commonFields(runbook), ...ownFields(runbook.settings) })
			.prefault({})
			.describe(runbook.why),
	]),
) as RunbookSections;
