import * as z from "zod";
import { conditions, severities } from "../pipeline/model/incident.ts";
import type { WebhookSettings } from "../pipeline/normalize/settings.ts";

const word = z.string().min(1);
const table = <T extends z.ZodType>(meaning: T) => z.record(word, meaning);
const condition = z.enum(conditions);
const severity = z.enum(severities).exactOptional();
const words = {
	conditions: table(condition),
	severities: table(z.enum(severities)),
	entities: table(z.strictObject({ id: word, name: word.exactOptional() })),
};

/** The formats of other systems' alerts, in the resolved form in which they travel to the functions. */
export const alertFormats = z.strictObject({
	alertmanager: z
		.strictObject({ conditionLabel: word, entityLabel: word, entityNameLabel: word, severityLabel: word, ...words })
		.exactOptional(),
	cloudwatch: z
		.strictObject({
			topicArns: z.array(word),
			alarms: table(z.strictObject({ condition, entityId: word, entityName: word.exactOptional(), severity })),
		})
		.exactOptional(),
	"genesys-alerting": z
		.strictObject({ rules: table(z.strictObject({ condition, entityId: word.exactOptional(), severity })) })
		.exactOptional(),
	json: table(
		z.strictObject({
			alerts: word,
			condition: word,
			entityId: word,
			entityName: word.exactOptional(),
			severity: word.exactOptional(),
			verdict: word,
			verdicts: table(z.enum(["breach", "clear", "no-data"])),
			reason: word.exactOptional(),
			changedAt: word.exactOptional(),
			alert: word.exactOptional(),
			...words,
		}),
	).exactOptional(),
}) satisfies z.ZodType<WebhookSettings>;
