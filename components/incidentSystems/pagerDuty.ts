import * as pulumi from "@pulumi/pulumi";
import type { Value } from "../../architect/model.ts";
import type { PlannedChannel } from "../../architect/plan.ts";
import { severities } from "../../functions/pipeline/model/incident.ts";
import { clockToleranceSeconds } from "../../functions/pipeline/page/clock.ts";
import { detailNames, type PageDetails } from "../../functions/pipeline/page/words.ts";
import { IntegrationCredential } from "../../sdks/genesyscloud/index.ts";
import { secretKey } from "../../vendors/credentials.ts";
import { hostName } from "../../vendors/hosts.ts";
import { pagerduty } from "../../vendors/pagerduty.ts";
import type { ChannelOf } from "../../vendors/settings.ts";
import { type ActionContract, type ActionSet, actionRef } from "../dataAction.ts";
import { DataActions } from "../dataActions.ts";
import { StoredSecret } from "../secrets.ts";
import type { Settings } from "../settings.ts";
import type { Secrets } from "../stackConfiguration.ts";
import { exp, lit, textExpression, vendorKeyExpression } from "./pageText.ts";

type Region = "us" | "eu";
export type PagerDutyActions = ActionSet<"trigger" | "read">;

/** The data actions of one PagerDuty service: the routing key sends, the REST token reads back. */
export function pagerDutyActions(base: string, service: string, region: Region): PagerDutyActions {
	return {
		key: `pagerduty_${service.replaceAll("-", "_")}`,
		category: `${base} PagerDuty ${service}`,
		actions: { trigger: trigger(region), read: read(region) },
	};
}

/** Events API v2: accepted (202) is not paged. Source: developer.pagerduty.com, "Send an alert event". */
function trigger(region: Region): ActionContract {
	const text = (input: string) => `"$esc.jsonString(\${input.${input}})"`;
	const details = detailNames.map((name) => `"${name}":${text(name)}`);
	return {
		verb: "Trigger",
		inputs: {
			dedupKey: "string",
			summary: "string",
			source: "string",
			severity: "string",
			component: "string",
			group: "string",
			...Object.fromEntries(detailNames.map((name) => [name, "string" as const])),
		},
		outputs: { status: "string", dedupKey: "string" },
		timeoutSeconds: 10,
		request: {
			type: "POST",
			url: `https://${hostName(pagerduty, "events", { region })}/v2/enqueue`,
			headers: { "Content-Type": "application/json", Accept: "application/json" },
			body: `{"routing_key":"$!{credentials.routingKey}","event_action":"trigger","dedup_key":${text("dedupKey")},"payload":{"summary":${text("summary")},"source":${text("source")},"severity":${text("severity")},"component":${text("component")},"group":${text("group")},"custom_details":{${details.join(",")}}}}`,
		},
		response: {
			translationMap: { status: "$.status", dedupKey: "$.dedup_key" },
			translationMapDefaults: { status: '""', dedupKey: '""' },
			template: '{"status":${status},"dedupKey":${dedupKey}}',
		},
	};
}

/** REST API: the newest incident with that key on that service. Source: developer.pagerduty.com, "List incidents". */
function read(region: Region): ActionContract {
	const query = "incident_key=$esc.url(${input.dedupKey})&service_ids%5B%5D=$esc.url(${input.serviceId})";
	return {
		verb: "Read",
		inputs: { dedupKey: "string", serviceId: "string" },
		outputs: { incidentKey: "string", serviceId: "string", status: "string", createdAt: "string" },
		timeoutSeconds: 10,
		request: {
			type: "GET",
			url: `https://${hostName(pagerduty, "api", { region })}/incidents?${query}&date_range=all&sort_by=created_at:desc&limit=1`,
			headers: { Authorization: "Token token=$!{credentials.apiToken}", Accept: "application/vnd.pagerduty+json;version=2" },
		},
		response: {
			translationMap: {
				incidentKey: "$.incidents[0].incident_key",
				serviceId: "$.incidents[0].service.id",
				status: "$.incidents[0].status",
				createdAt: "$.incidents[0].created_at",
			},
			translationMapDefaults: { incidentKey: '""', serviceId: '""', status: '""', createdAt: '""' },
			template: '{"incidentKey":${incidentKey},"serviceId":${serviceId},"status":${status},"createdAt":${createdAt}}',
		},
	};
}

/** How the workflow pages a tier (from 1) through this service, and what it takes for proof: key, service, and not older than the intent. `asks`: a page may hold an approval link. */
export function pagerDutyChannel(set: PagerDutyActions, channel: ChannelOf<"pagerduty">, tier: number, asks = false): PlannedChannel {
	const key = vendorKeyExpression(tier);
	return {
		name: channel.name,
		send: actionRef(set, "trigger"),
		sendInputs: {
			dedupKey: exp(key),
			summary: exp(textExpression("Flow.summary", 1024)),
			source: exp("Flow.entityName"),
			severity: exp(severityExpression()),
			component: exp("Flow.entityId"),
			group: exp("Flow.environment"),
			...detailInputs(tier, asks),
		},
		receiptOutput: "dedupKey",
		read: actionRef(set, "read"),
		readInputs: { dedupKey: exp(key), serviceId: lit(channel.serviceId) },
		readOutputs: {
			incidentKey: "State.readIncidentKey",
			serviceId: "State.readServiceId",
			createdAt: "State.readCreatedAt",
		},
		provenWhen: provenWhen(key, channel.serviceId),
	};
}

/** The same details, by the same names, that the functions give to a page. */
function detailInputs(tier: number, asks: boolean): Readonly<Record<keyof PageDetails, Value>> {
	const given = (name: string): Value => exp(`If(IsSet(Flow.${name}), Flow.${name}, "")`);
	return {
		condition: given("condition"),
		environment: given("environment"),
		occurrence: exp("ToString(Flow.occurrence)"),
		tier: lit(String(tier)),
		openedAt: given("openedAt"),
		reason: given("reason"),
		children: given("children"),
		health: exp("Flow.health"),
		approval: asks ? given("approval") : lit(""),
	};
}

/**
 * Nested `If`s, and a date that stands for "none": right whether or not the platform evaluates the branches that it does not take.
 * The clocks of two systems may differ, as they may for the functions.
 */
function provenWhen(key: string, serviceId: string): string {
	const createdAt = 'ToDateTime(If(IsNotSetOrEmpty(State.readCreatedAt), "1970-01-01T00:00:00Z", State.readCreatedAt))';
	const fresh = `${createdAt} >= AddSeconds(State.intendedAt, -${clockToleranceSeconds})`;
	return `If(State.readIncidentKey == ${key}, If(State.readServiceId == "${serviceId}", ${fresh}, false), false)`;
}

/** Our severity → PagerDuty's, from the table that the functions use too. */
function severityExpression(): string {
	const [least, ...others] = severities.toReversed();
	return others.reduce(
		(otherwise, severity) => `If(Flow.severity == "${severity}", "${pagerduty.severities[severity]}", ${otherwise})`,
		`"${pagerduty.severities[least ?? "low"]}"`,
	);
}

export interface PagerDutyServiceArgs {
	readonly settings: Settings;
	readonly set: PagerDutyActions;
	readonly service: string;
	readonly secrets: Secrets;
}

/** One PagerDuty service: a credential with its two keys inside Genesys Cloud, the same for the functions in AWS, and its data actions. */
export class PagerDutyService extends pulumi.ComponentResource {
	readonly substitutions: DataActions["substitutions"];
	readonly secretArn: pulumi.Output<string>;

	constructor(name: string, args: PagerDutyServiceArgs, opts?: pulumi.ComponentResourceOptions) {
		super("genesyscloud-runbooks:index:PagerDutyService", name, {}, opts);
		const { settings, set, service, secrets } = args;
		const fields = {
			routingKey: secrets(secretKey(`${pagerduty.credential.name}-${service}`, "routingKey")),
			apiToken: secrets(secretKey(`${pagerduty.credential.name}-${service}`, "apiToken")),
		};
		const credential = new IntegrationCredential(
			`${name}-credential`,
			{ name: set.category, credentialTypeName: "userDefined", fields },
			{ parent: this },
		);
		const actions = new DataActions(
			`${name}-actions`,
			{
				set,
				notes: `Pages through the PagerDuty service "${service}" and reads the page back.`,
				integrationType: "custom-rest-actions",
				credentials: { basicAuth: credential.id },
			},
			{ parent: this },
		);
		const stored = new StoredSecret(`${name}-secret`, { settings, secretName: `pagerduty-${service}`, document: fields }, { parent: this });
		this.substitutions = actions.substitutions;
		this.secretArn = stored.arn;
		this.registerOutputs({ substitutions: this.substitutions, secretArn: this.secretArn });
	}
}
