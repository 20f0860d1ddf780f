import * as z from "zod";
import { severities, watchedConditions } from "../pipeline/model/incident.ts";
import { entityIdPattern } from "../pipeline/normalize/alert.ts";
import { builtInFormats } from "../pipeline/normalize/formats.ts";
import { jsonPathPattern } from "../pipeline/normalize/jsonPath.ts";
import { topicArnPattern } from "../pipeline/normalize/topicArn.ts";
import { choice, section, text } from "./builders.ts";

const word = text(/^.{1,256}$/, "a text of 1 to 256 characters, in quotes where it looks like a number");
const label = text(/^[A-Za-z_][A-Za-z0-9_]*$/, "the name of a label");
const condition = choice(watchedConditions);
const severity = choice(severities);
const entityId = text(entityIdPattern, "an entity's id, at most 64 of [A-Za-z0-9:._-]");
const path = text(jsonPathPattern, "a JSON path of $, .name, ['name'], [0] and [*]");

const words = {
	conditions: z
		.record(word, condition, { error: "a section of their word: our condition" })
		.default({})
		.describe("Their words for conditions; ours need no entry."),
	severities: z
		.record(word, severity, { error: "a section of their word: our severity" })
		.default({})
		.describe("Their words for severities; ours need no entry. An alert without one has the runbook's."),
	entities: z
		.record(
			word,
			section({
				id: entityId.describe("Its id here."),
				name: word.exactOptional().describe("Its name in pages; by default the one that the alert gives."),
			}),
			{ error: "a section of their name: id and name" },
		)
		.default({})
		.describe("What they call an entity: its id in Genesys Cloud (of a trunk, its base), or one of your own."),
};

/** What an alert stands for, where its own name decides. */
const meansCondition = condition.describe("The condition that it stands for.");
const meansEntity = entityId.describe("The entity that it is about.");
const meansName = word.exactOptional().describe("The entity's name in pages; by default the alarm's name.");
const meansSeverity = severity.exactOptional().describe("Its severity; by default the runbook's.");

const alertmanager = section({
	conditionLabel: label.default("condition").describe("The label whose value is the condition."),
	entityLabel: label.default("entity_id").describe("The label whose value is the entity."),
	entityNameLabel: label.default("entity_name").describe("The label whose value is the entity's name."),
	severityLabel: label.default("severity").describe("The label whose value is the severity."),
	...words,
}).describe("Prometheus Alertmanager, at /webhook/alertmanager.");

const arnError = "the ARN of a standard SNS topic, such as arn:aws:sns:eu-central-1:123456789012:alarms";
const topicsError = "a list of at least one ARN of an SNS topic";

const cloudwatch = section({
	topicArns: z
		.array(text(topicArnPattern, arnError), { error: topicsError })
		.min(1, { error: topicsError })
		.describe("Only messages of these topics are believed, and only their subscriptions are confirmed."),
	alarms: z
		.record(word, section({ condition: meansCondition, entityId: meansEntity, entityName: meansName, severity: meansSeverity }), {
			error: "a section of alarm name: condition, entityId, entityName and severity",
		})
		.describe("What each alarm stands for, by its name."),
}).describe("CloudWatch alarms by Amazon SNS, at /webhook/cloudwatch.");

const genesysAlerting = section({
	rules: z
		.record(word, section({ condition: meansCondition, entityId: meansEntity.exactOptional(), severity: meansSeverity }), {
			error: "a section of rule name: condition, entityId and severity",
		})
		.default({})
		.describe("What each rule stands for, by its name; a rule about one queue is queue-overflow of that queue."),
}).describe("Alerts of Genesys Cloud's own alerting, at /webhook/genesys-alerting.");

const jsonAlerts = section({
	alerts: path.default("$").describe("The alerts in a body; the other paths begin at an alert."),
	condition: path.describe("Their word for the condition."),
	entityId: path.describe("Their name for the entity, or its id."),
	entityName: path.exactOptional().describe("The entity's name in pages."),
	severity: path.exactOptional().describe("Their word for the severity."),
	verdict: path.describe("Their word for failing or well."),
	verdicts: z
		.record(word, choice(["breach", "clear", "no-data"]), { error: "a section of their word: breach, clear or no-data" })
		.describe("Their words for failing and well."),
	reason: path.exactOptional().describe("A short reason, for the record."),
	changedAt: path.exactOptional().describe("When it became so: what is older than what is known of the same alert is left out."),
	alert: path
		.exactOptional()
		.describe(
			"What they call an alert, the same while it fires and at its end: an entity is well once none of its alerts fires. By default each entity has one.",
		),
	...words,
});

const formatName = text(
	new RegExp(`^(?!(?:${builtInFormats.join("|")})$)[a-z][a-z0-9-]{0,31}$`),
	`a name of lower-case letters, digits and dashes, at most 32, that is not ${builtInFormats.join(", ")}`,
);

/** What the webhook takes beside its own document. */
export const alertFormats = section({
	alertmanager: alertmanager.exactOptional(),
	cloudwatch: cloudwatch.exactOptional(),
	"genesys-alerting": genesysAlerting.exactOptional(),
	json: z
		.record(formatName, jsonAlerts, { error: "a section of name: where each field stands" })
		.exactOptional()
		.describe("Any other JSON, at /webhook/<name>: where each field stands."),
}).describe("Alerts of other systems that the webhook takes, at /webhook/<format>.");
