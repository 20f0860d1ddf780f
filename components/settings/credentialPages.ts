import { everyCredential } from "../../vendors/credentials.ts";
import { type ChannelKind, vendorOf } from "../../vendors/kinds.ts";
import { type Upkeep, upkeep } from "../../vendors/upkeep.ts";
import { type CredentialPage, clientPages, ownPages } from "./ownCredentialPages.ts";
import { namespace } from "./secrets.ts";

/** docs/credentials.md, out of the vendors' descriptions and `vendors/upkeep.ts`. */
export const credentialPages = (): string => [head, ...[...vendorPages(), ...clientPages, ...ownPages].map(pageText)].join("\n");

const head = `# Credentials

A page for each credential that a stack can have, by its name. \`npm run docs\` writes this file; [operations](operations.md#rotating-a-credential) tells how a rotation goes on.

What is told of a failing credential (\`credentials-failing\`) ends with a link to its page, at the address that the setting \`credentialsPage\` gives.

\`\`\`
npm run rotate -- list --stack prod
\`\`\`
`;

const pageText = (page: CredentialPage): string => `## ${page.name}

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

const purposeOf = ({ secrets, words }: CredentialPage): string =>
	Object.entries(secrets)
		.map(([name, purpose]) => `\`${name}\`: ${purpose}`)
		.join("<br>") || `${words}.`;

function vendorPages(): readonly CredentialPage[] {
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
