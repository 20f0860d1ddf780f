import * as pulumi from "@pulumi/pulumi";
import type { PlannedChannel } from "../../architect/plan.ts";
import type { RuntimeSettings } from "../../functions/pipeline/settings.ts";
import { IntegrationCredential } from "../../sdks/genesyscloud/index.ts";
import { secretKey } from "../../vendors/credentials.ts";
import { hostName } from "../../vendors/hosts.ts";
import type { ChannelOf } from "../../vendors/settings.ts";
import { sms } from "../../vendors/sms.ts";
import { type ActionContract, type ActionSet, actionRef } from "../dataAction.ts";
import { DataActions } from "../dataActions.ts";
import { StoredSecret } from "../secrets.ts";
import type { Settings } from "../settings.ts";
import type { Secrets } from "../stackConfiguration.ts";
import { approvalExpressions, endingExpression, exp, lit, textExpression } from "./pageText.ts";

export type TwilioSettings = NonNullable<RuntimeSettings["twilio"]>;
export type TwilioActions = ActionSet<"send" | "read">;

/** The data actions that text a person through one Twilio account and read the message back. */
export function twilioActions(base: string, twilio: TwilioSettings): TwilioActions {
	return { key: "twilio", category: `${base} Twilio`, actions: { send: send(twilio), read: read(twilio) } };
}

const messages = ({ accountSid }: TwilioSettings): string =>
	`https://${hostName(sms, "api", {})}/2010-04-01/Accounts/${accountSid}/Messages`;

const headers = {
	Authorization: 'Basic $encoding.base64("$!{credentials.userName}:$!{credentials.password}")',
	Accept: "application/json",
};

/** Programmable Messaging: 201 is queued, not delivered. Source: twilio.com, "Message resource". */
function send(twilio: TwilioSettings): ActionContract {
	return {
		verb: "Send",
		inputs: { to: "string", body: "string" },
		outputs: { sid: "string", status: "string" },
		timeoutSeconds: 10,
		request: {
			type: "POST",
			url: `${messages(twilio)}.json`,
			headers: { ...headers, "Content-Type": "application/x-www-form-urlencoded" },
			body: `To=$esc.url(\${input.to})&From=${encodeURIComponent(twilio.from)}&Body=$esc.url(\${input.body})`,
		},
		response: {
			translationMap: { sid: "$.sid", status: "$.status" },
			translationMapDefaults: { sid: '""', status: '""' },
			template: '{"sid":${sid},"status":${status}}',
		},
	};
}

function read(twilio: TwilioSettings): ActionContract {
	return {
		verb: "Read",
		inputs: { sid: "string" },
		outputs: { sid: "string", status: "string", to: "string", createdAt: "string" },
		timeoutSeconds: 10,
		request: { type: "GET", url: `${messages(twilio)}/\${esc.url($input.sid)}.json`, headers },
		response: {
			translationMap: { sid: "$.sid", status: "$.status", to: "$.to", createdAt: "$.date_created" },
			translationMapDefaults: { sid: '""', status: '""', to: '""', createdAt: '""' },
			template: '{"sid":${sid},"status":${status},"to":${to},"createdAt":${createdAt}}',
		},
	};
}

/** Which links a text may hold: by which a remedy is approved, and by which the incident is acknowledged. */
export interface TextLinks {
	readonly approves?: boolean;
	readonly acknowledges?: boolean;
}

/** How the workflow texts a tier (from 1); `delivered` is the proof. The reference at the end lets a lost receipt be found again. */
export function twilioChannel(set: TwilioActions, channel: ChannelOf<"sms">, tier: number, links: TextLinks = {}): PlannedChannel {
	const { approves = false, acknowledges = false } = links;
	// A space ends a link; a full stop behind it would be taken for a part of it.
	const parts = [textExpression("Flow.shortText", 300), ...approvalExpressions(approves), endingExpression(tier, acknowledges)];
	return {
		name: channel.name,
		send: actionRef(set, "send"),
		sendInputs: {
			to: lit(channel.to),
			body: exp(`Append(${parts.join(", ")})`),
		},
		receiptOutput: "sid",
		read: actionRef(set, "read"),
		readInputs: { sid: exp("State.receipt") },
		readOutputs: { status: "State.readStatus" },
		provenWhen: 'State.readStatus == "delivered"',
		presumedWhen: 'State.readStatus == "sent"',
	};
}

export interface TwilioAccountArgs {
	readonly settings: Settings;
	readonly twilio: TwilioSettings;
	readonly set: TwilioActions;
	readonly secrets: Secrets;
}

/** The Twilio account: its credential inside Genesys Cloud, the same for the functions in AWS, and its data actions. */
export class TwilioAccount extends pulumi.ComponentResource {
	readonly substitutions: DataActions["substitutions"];
	readonly secretArn: pulumi.Output<string>;

	constructor(name: string, args: TwilioAccountArgs, opts?: pulumi.ComponentResourceOptions) {
		super("genesyscloud-runbooks:index:TwilioAccount", name, {}, opts);
		const { settings, set, twilio } = args;
		const authToken = args.secrets(secretKey(sms.credential.name, "authToken"));
		const credential = new IntegrationCredential(
			`${name}-credential`,
			{ name: set.category, credentialTypeName: "basicAuth", fields: { userName: twilio.accountSid, password: authToken } },
			{ parent: this },
		);
		const actions = new DataActions(
			`${name}-actions`,
			{
				set,
				notes: "Texts the person on call and reads the message back.",
				integrationType: "custom-rest-actions",
				credentials: { basicAuth: credential.id },
			},
			{ parent: this },
		);
		const document = { accountSid: twilio.accountSid, authToken };
		const stored = new StoredSecret(`${name}-secret`, { settings, secretName: "twilio", document }, { parent: this });
		this.substitutions = actions.substitutions;
		this.secretArn = stored.arn;
		this.registerOutputs({ substitutions: this.substitutions, secretArn: this.secretArn });
	}
}
