import * as z from "zod";
import { givenName } from "../../vendors/patterns.ts";
import { type Condition, conditions, severities } from "../pipeline/model/incident.ts";
import { days } from "../pipeline/route/settings.ts";
import { choice, oneOf, section, text } from "./builders.ts";

const name = text(givenName.pattern, givenName.expected);
const timeError = 'a time of day in quotes such as "08:00", from "00:00" to "24:00"';
const time = text(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, timeError);
const daysError = `a list of at least one of ${days.join(", ")}`;

/** Whether this machine knows the zone, as the functions will. */
export function isZone(zone: string): boolean {
	try {
		return new Intl.DateTimeFormat("en-US", { timeZone: zone }).format(0) !== "";
	} catch {
		return false;
	}
}

export const zoneError = "a time zone of the IANA database, such as Europe/Berlin";

const hoursSchema = section({
	days: z.array(choice(days), { error: daysError }).min(1, { error: daysError }).describe("On which days it begins."),
	from: time.describe("By the clocks of the zone."),
	to: time.describe("Not part of it. Earlier than from: over midnight, and of the day on which it begins."),
	zone: z.string({ error: zoneError }).refine(isZone, { error: zoneError }).describe("Whose clocks, summer time included."),
}).refine(({ from, to }) => from !== to && from !== "24:00" && to !== "00:00", {
	path: ["to"],
	error: 'another time than from, which is before "24:00" (the end of a day is "24:00", its beginning "00:00")',
});

export const hoursTable = z
	.record(name, hoursSchema, { error: "a section of name: days, from, to and zone" })
	.describe("Parts of the week, by name: routes may be limited to them.");

/** One value or a list of them; either way a list for whoever reads it. */
const oneOrMore = <T extends string>(value: z.ZodType<T>, error: string) =>
	z.union([value.transform((one): readonly T[] => [one]), z.array(value, { error }).min(1, { error })], { error });

const globError = "a text of 1 to 128 characters, in which * stands for any characters";
const glob = text(/^.{1,128}$/, globError);
const globsError = `${globError}, or a list of them`;

/** A drill is paged by the policy that it is of, and no silence keeps it back. */
const routed: readonly Condition[] = conditions.filter((name) => name !== "drill");

export const matchSchema = section({
	condition: oneOrMore(choice(routed), `${oneOf(routed)}, or a list of them`)
		.exactOptional()
		.describe("What is wrong."),
	severity: oneOrMore(choice(severities), `${oneOf(severities)}, or a list of them`)
		.exactOptional()
		.describe("The runbook's, or that of the alert."),
	entity: oneOrMore(glob, globsError)
		.exactOptional()
		.describe("The whole name or id of what fails, * for any characters; a group fits where each of its failures does."),
	site: oneOrMore(glob, globsError)
		.exactOptional()
		.describe(
			"The whole name or id of a site: fits a trunk all of whose edges are at it, and an edge. The poller then reads the edges, too; while it cannot, no trunk fits.",
		),
	division: oneOrMore(glob, globsError).exactOptional().describe("The whole name or id of a division: of a trunk, an edge or a queue."),
	queue: oneOrMore(glob, globsError).exactOptional().describe("The whole name of a queue: fits only what is about queues."),
});

const routesError = "a list of at least one route, the last of them the default: - policy: <name>";

export const routesSchema = z
	.array(
		section({
			match: matchSchema.exactOptional().describe("Every matcher must fit, each by one of its values; without any it is the default."),
			hours: name.exactOptional().describe("A name of hours: outside of them the next route is tried."),
			policy: name.describe("A name of policies."),
			severity: choice(severities).exactOptional().describe("What the incident counts as; by default what it is."),
			mayShare: z
				.array(z.string({ error: "the name of a credential" }), { error: "a list of names of credentials" })
				.exactOptional()
				.describe("Credentials whose own failure may be told through them, such as twilio: else it is refused."),
		}),
		{ error: routesError },
	)
	.min(1, { error: routesError })
	.describe("Which policy an incident is paged by: the first that fits decides, when it opens and whenever everybody is asked anew.");
