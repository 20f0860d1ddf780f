import type { Upkeep } from "../../vendors/upkeep.ts";
import { namespace } from "./secrets.ts";

/** One page: everything that somebody needs who was told of a credential. */
export interface CredentialPage extends Upkeep {
	readonly name: string;
	/** The name of one, with `<setting>` where there are several. */
	readonly called: string;
	readonly words: string;
	/** Its secrets, with what each is for. */
	readonly secrets: Readonly<Record<string, string>>;
	readonly without: string;
	readonly rotate: readonly string[];
	readonly leak: string;
	/** How it is known that it fails. */
	readonly told: string;
}

const clientSteps = (name: string): readonly string[] => [
	`\`pulumi config set --path ${namespace}:credentials.${name}.generation 2\` (the next number)`,
	`\`pulumi config set --path ${namespace}:credentials.${name}.keepsPrevious true\``,
	"`pulumi up`: a second client is made beside the first, and in use within five minutes",
	`\`pulumi config rm --path ${namespace}:credentials.${name}.keepsPrevious\``,
	"`pulumi up`: the first client is deleted",
];

const client = (name: string, purpose: string, without: string, told: string): CredentialPage => ({
	name,
	called: name,
	words: `The OAuth client of the ${name} in Genesys Cloud`,
	secrets: { clientSecret: purpose },
	without,
	made: "By the program, with a role of its own; nobody sees its secret.",
	least: "The role holds what the chosen runbooks call and nothing else.",
	second: "A client has one secret, and a new one ends the old one at once: so a second client is made.",
	rotate: clientSteps(name),
	revoke: "Set the client to inactive in Genesys Cloud (Admin, Integrations, OAuth).",
	leak: "Make the second client by the first three steps. Then set the first one to inactive at once in Genesys Cloud (Admin, Integrations, OAuth): its tokens end, and the functions ask for new ones.",
	told: `\`credentials-failing\` of \`${name}\`: ${told}`,
});

/** Of the clients that the program makes. */
export const clientPages: readonly CredentialPage[] = [
	client(
		"detector",
		"The poller reads trunks, edges and queues with it.",
		"Nothing is detected but what other systems tell.",
		"several polls in a row were refused.",
	),
	client(
		"launcher",
		"The dispatcher launches the workflow with it.",
		"The overseer pages in the workflow's place, a minute or two later.",
		"the overseer asks for a token four times an hour; a refused launch counts at once.",
	),
	client(
		"responder",
		"The workflow calls its data actions with it. Its secret never leaves Genesys Cloud.",
		"The workflow can neither claim nor record: the overseer pages in its place.",
		"a workflow was refused at its start.",
	),
	client(
		"remediator",
		"The remediator switches emergency groups with it; only where a runbook does that.",
		"Nothing is remediated: people are paged at once.",
		"the remediator asks for a token four times an hour.",
	),
];

const own = (name: string, secrets: CredentialPage["secrets"], second: string, more: Partial<CredentialPage>): CredentialPage => ({
	name,
	called: name,
	words: "A secret of our own",
	secrets,
	without: "What it signs, or lets in, is refused.",
	made: "By you: `openssl rand -hex 32`.",
	least: "It is known to those who have to show it, or sign with it, and to nobody else.",
	second,
	rotate: [
		`\`npm run rotate -- begin ${name}\`, the new value by a pipe`,
		"everybody who signs with it, or shows it, goes over",
		`\`pulumi config set --secret ${namespace}:${name}-${Object.keys(secrets)[0]}\``,
		"`pulumi up`",
		`\`npm run rotate -- finish ${name}\`: the old one is taken no longer`,
	],
	revoke: "`begin`, then `finish` at once.",
	leak: "`begin`, then `finish` at once, and let those who use it go over: until then they are answered 401.",
	told: "nothing: nobody outside is asked. A sender is answered 401.",
	...more,
});

const both = "Between `begin` and `finish` both are taken, within five minutes.";

/** Of what others prove themselves with to us, and we to the customer. */
export const ownPages: readonly CredentialPage[] = [
	own(
		"webhook",
		{
			signingSecret: "Signs what the webhook takes; the key of acknowledge links is made of it at each deployment.",
			bearerToken: "Shown by what cannot sign, such as Alertmanager.",
		},
		`${both} The key of acknowledge links follows with \`pulumi up\`: put the old secret into \`webhook-previousSigningSecret\` for a day, so that links that are out stay good.`,
		{},
	),
	own("remedy-webhook", { signingSecret: "Signs what the customer's own endpoint is asked to do." }, "The endpoint takes both.", {}),
	own("remedy-approval", { signingSecret: "Signs approval links." }, `${both} Links live for five minutes.`, {}),
	own(
		"ledger",
		{ redisPassword: "Enters the Redis or Valkey server that keeps the ledger; only where a stack names one." },
		"ElastiCache and MemoryDB take two passwords of one user, Redis and Valkey any number (`ACL SETUSER`).",
		{
			without: "Nothing is detected, and nobody is paged: every function asks the ledger first.",
			made: "At the server.",
			least:
				"A user that may run `EVAL`, `HMGET`, `HSET`, `PERSIST`, `PEXPIRE`, `ZADD`, `ZREM` and `ZRANGEBYSCORE` on the keys of the stack; `SCAN` too for people.",
			rotate: [
				"let the server take the new password beside the old one",
				"`pulumi config set --secret genesyscloud-runbooks:ledger-redisPassword`",
				"`pulumi up`: in use within five minutes",
				"take the old one away at the server",
			],
			revoke: "Take it away at the server.",
			leak: "The same, at once. Whoever had it could read and change every incident: look at those that are open.",
			told: "nothing: the functions fail with `unauthorized`, which the alarms on errors and on missed heartbeats tell.",
		},
	),
	own(
		"vendor-webhooks",
		{ webhookSecret: "What a vendor signs its webhooks with, or shows: by the vendor's path." },
		"The stack's file has a place for the one before, `…previousWebhookSecret` (Slack: `…previousSigningSecret`): both are taken until it is removed.",
		{
			made: "At the vendor, where its webhook is set up.",
			rotate: [
				"the old value into `<credential>-previousWebhookSecret`, the new one into `<credential>-webhookSecret`: `pulumi config set --secret`",
				"`pulumi up`",
				"change it at the vendor",
				"remove the former, `pulumi up`",
			],
			revoke: "Change it at the vendor.",
			leak: "The same without the first step: until the vendor has the new one, what it tells is refused, and the overseer reads instead.",
		},
	),
];
