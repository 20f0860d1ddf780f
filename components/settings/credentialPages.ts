import { everyCredential } from "../../vendors/credentials.ts";
import { type ChannelKind, vendorOf } from "../../vendors/kinds.ts";
import { type Upkeep, upkeep } from "../../vendors/upkeep.ts";
import { namespace } from "./secrets.ts";

/** One page: everything that somebody needs who was told of a credential. */
interface Page extends Upkeep {
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

/** docs/credentials.md, out of the vendors' descriptions and `vendors/upkeep.ts`. */
export const credentialPages = (): string => [head, ...[...vendorPages(), ...clientPages, ...ownPages].map(pageText)].join("\n");

const head = `# Credentials

A page for each credential that a stack can have, by its name. \`npm run docs\` writes this file; [operations](operations.md#rotating-a-credential) tells how a rotation goes on.

What is told of a failing credential (\`credentials-failing\`) ends with a link to its page, at the address that the setting \`credentialsPage\` gives.

\`\`\`
npm run rotate -- list --stack prod
\`\`\`
`;

const pageText = (page: Page): string => `## ${page.name}

${page.words}: \`${page.called}\`.

| | |
|---|---|
| What it is for | ${purposeOf(page)} |
| Without it | ${page.without} |
| Made | ${page.made} |
| Least scope | ${page.least} |
| Two at once | ${page.second} |
| To rotate | ${page.rotate.join("<br>")} |
| After a leak | ${page.leak} |
| The page says | ${page.told} |
`;

const purposeOf = ({ secrets, words }: Page): string =>
	Object.entries(secrets)
		.map(([name, purpose]) => `\`${name}\`: ${purpose}`)
		.join("<br>") || `${words}.`;

function vendorPages(): readonly Page[] {
	return everyCredential.map(({ kind, called }) => {
		const vendor = vendorOf(kind);
		const { name, words } = vendor.credential;
		return {
			...upkeepOf(name),
			name,
			called,
			words,
			secrets: vendor.secrets,
			without: `${vendor.system} takes no page of ours and shows none: pages go to the next channel of their tier, about two minutes later.`,
			rotate: vendorSteps(kind, called),
			leak: leakOf(upkeepOf(name), Object.keys(vendor.secrets).length > 0),
			told: checksOf(kind, called),
		};
	});
}

/** A vendor of your own may not be among those that are known here. */
const upkeepOf = (name: string): Upkeep => upkeep[name] ?? { made: "–", least: "–", second: "–", revoke: "end it at its vendor." };

function vendorSteps(kind: ChannelKind, called: string): readonly string[] {
	const { secrets, credential } = vendorOf(kind);
	const names = Object.keys(secrets);
	if (names.length === 0) return ["There is nothing to rotate."];
	const begins = names.map(
		(name) => `\`npm run rotate -- begin ${called}${names.length === 1 ? "" : ` --secret ${name}`}\`, the new value by a pipe`,
	);
	const sets = names.map((name) => `\`pulumi config set --secret ${namespace}:${called}-${name}\``);
	const deploy = credential.genesys === undefined ? "`pulumi up`" : "`pulumi up`: the workflow's copy";
	return [...begins, ...sets, deploy, `\`npm run rotate -- finish ${called}\``, "revoke the old one"];
}

/** A new one first takes a minute, and no page is lost by it. */
const leakOf = ({ revoke }: Upkeep, isKept: boolean): string =>
	isKept
		? `Make a new one and \`begin\` with it, which takes a minute. Then end the old one at once, whatever is deployed: ${revoke} The functions go on with the new one; what the workflow cannot page until \`pulumi up\` goes by the next channel, and by the overseer.`
		: revoke;

function checksOf(kind: ChannelKind, called: string): string {
	const { calls, system } = vendorOf(kind);
	const words = calls.checks.map((check) => check.words);
	const how = words.length === 0 ? "only work shows it" : `checked four times an hour by ${words.join(" and ")}`;
	return `\`credentials-failing\` of \`${called}\`: refused (\`unauthorized\` or \`forbidden\`), how often in a row, and what ${system} was asked; ${how}. \`${called}.expiry\`: its last day is near.`;
}

const clientSteps = (name: string): readonly string[] => [
	`\`pulumi config set --path ${namespace}:credentials.${name}.generation 2\` (the next number)`,
	`\`pulumi config set --path ${namespace}:credentials.${name}.keepsPrevious true\``,
	"`pulumi up`: a second client is made beside the first, and in use within five minutes",
	`\`pulumi config rm --path ${namespace}:credentials.${name}.keepsPrevious\``,
	"`pulumi up`: the first client is deleted",
];

const client = (name: string, purpose: string, without: string, told: string): Page => ({
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

const clientPages: readonly Page[] = [
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

const own = (name: string, secrets: Page["secrets"], second: string, more: Partial<Page>): Page => ({
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

const ownPages: readonly Page[] = [
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
