import type * as z from "zod";
import type { Field, Fields, ValueOf } from "../../conditions/fields.ts";
import { type AnyWatched, type FieldsOf, type WatchedName, watchedRunbooks } from "../../conditions/runbooks.ts";
import type { Intermittent } from "../../functions/pipeline/settings.ts";
import { section } from "../../functions/schemas/builders.ts";
import { commonFields as common, fieldSchema } from "../../functions/schemas/runbookFields.ts";

/**
 * Half of the last ten minutes is no passing disturbance: half of all calls fail, and nothing that fails once or twice in ten minutes gets
 * there. Below it nobody is woken.
 */
const usualIntermittent = { breaches: 5, of: 10 } as const;

/** The rule about failures that come and go where a stack says nothing: never one that says less than its own number of breaches in a row. */
export const intermittentByDefault = ({ momentary }: AnyWatched, breachesToOpen: number): Intermittent | false =>
	momentary && breachesToOpen < usualIntermittent.breaches ? usualIntermittent : false;

function intermittentText({ momentary }: AnyWatched): string {
	const usual = `{breaches: ${usualIntermittent.breaches}, of: ${usualIntermittent.of}} where breachesToOpen is less than that`;
	return `So many breaches among the last so many readings open an incident as well; by default ${momentary ? usual : "false"}.`;
}

/** What every runbook's settings have. */
const fieldsOf = (runbook: AnyWatched) => ({
	enabled: common.enabled.default(runbook.enabled).describe("Whether it is watched."),
	severity: common.severity
		.default(runbook.severity)
		.describe("Of its incidents; a critical one goes straight to people, before any remedy."),
	breachesToOpen: common.breachesToOpen.default(runbook.breachesToOpen).describe("Breaches in a row that open an incident."),
	clearsToClose: common.clearsToClose.default(3).describe("Clears in a row that close it."),
	intermittent: common.intermittent.exactOptional().describe(intermittentText(runbook)),
	remediation: common.remediation.default("observe").describe("observe looks and never acts; a section may act."),
	page: common.page.exactOptional().describe("What to do about it, for people: every page ends with this address."),
});

/** What a runbook's settings have beside that, each with its default. */
function ownFields(fields: Fields) {
	const entries = Object.entries(fields).map(([key, field]) => [key, fieldSchema(field).default(defaultOf(field)).describe(field.about)]);
	return Object.fromEntries(entries);
}

const defaultOf = (field: Field): unknown => (field.kind === "list" ? [] : field.default);

type OwnShape<F> = { readonly [K in keyof F]: z.ZodDefault<z.ZodType<ValueOf<F[K]>>> };
type RunbookSections = {
	readonly [Name in WatchedName]: z.ZodPrefault<z.ZodObject<ReturnType<typeof fieldsOf> & OwnShape<FieldsOf<Name>>, z.core.$strict>>;
};

/** The runbooks that a stack can tune, each a section of its fields. */
export const runbookSections = Object.fromEntries(
	watchedRunbooks.map((runbook) => [
		runbook.name,
		section({ ...fieldsOf(runbook), ...ownFields(runbook.settings) })
			.prefault({})
			.describe(runbook.why),
	]),
) as RunbookSections;
