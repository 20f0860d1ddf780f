/** How a credential is looked after by people. Each text is one or more sentences. */
export interface Upkeep {
	/** Where it is made. */
	readonly made: string;
	/** The least that it needs. */
	readonly least: string;
	/** How two are valid at once, or that they cannot be. */
	readonly second: string;
	/** How the old one, or one that leaked, is ended. */
	readonly revoke: string;
}

/** What is so of each kind of Atlassian's API tokens. Source: support.atlassian.com, "Manage API tokens for your Atlassian account". */
const atlassianToken = {
	made: "In the Atlassian account that it acts as: Account settings, Security, API tokens.",
	ends: "It ends by itself after a year at the latest: give its last day as `credentials.<name>.expiresOn`.",
	revoke: "On the same page: Revoke.",
} as const;

/** By the names of vendors' credentials, as `credential.name` of their descriptions has them. Only the documentation reads it. */
export const upkeep: Readonly<Record<string, Upkeep>> = {
	pagerduty: {
		made: "The routing key: on the service, Integrations, Add an integration, Events API V2. The API token: Integrations, API Access Keys.",
		least: "The routing key can only send. The API token: a read-only key is enough.",
		second:
			"A service may have several integrations, and an account several API keys: make another of each beside the old one. Take the routing key of the same service; it decides who is paged.",
		revoke: "Delete the old integration of the service, and the old API access key.",
	},
	opsgenie: {
		made: "On the team: Integrations, Add integration, API.",
		least: "Read access, and create and update access; no configuration access. It belongs to the team, so that it reaches no other one.",
		second: "A team may have several API integrations: add another one beside the old one.",
		revoke: "Delete the old integration, or turn it off.",
	},
	jsm: {
		made: `The integration key: on the team's operations, Integrations, Add integration, API. The API token: ${atlassianToken.made}`,
		least:
			"The integration key can only send. The API token: an account that may view alerts of the team, and nothing else; `read:ops-alert` where the token has scopes (not confirmed by Atlassian's reference).",
		second: `A team may have several integrations and an account several API tokens: make another of each. ${atlassianToken.ends}`,
		revoke: `Delete the old integration. ${atlassianToken.revoke}`,
	},
	jira: {
		made: atlassianToken.made,
		least: "An account of its own that may browse the projects in use, create issues, move them on and comment; no administration.",
		second: `An account may have several API tokens. ${atlassianToken.ends}`,
		revoke: atlassianToken.revoke,
	},
	"jira-data-center": {
		made: "In the profile of the user that it acts as: Personal Access Tokens.",
		least: "A user of its own that may browse the projects in use, create issues, move them on and comment; no administration.",
		second: "A user may have several tokens. Where one was given an end, set it as `credentials.jira-data-center.expiresOn`.",
		revoke: "In the same profile: Revoke.",
	},
	servicenow: {
		made: "In the instance: a user of its own for this system, with web service access only, and its password.",
		least: "The role `itil`, or one of your own that may read, create and update incidents.",
		second:
			"A user has one password: a new one ends the old one at once. So the functions are given the new one first (`begin --unchecked`, because it is not valid yet), and the password is changed right after: what is refused then is tried with the new one.",
		revoke: "Set another password of that user; after a leak also end its sessions.",
	},
	signedWebhook: {
		made: "By you: `openssl rand -hex 32`.",
		least: "It signs orders to one endpoint and opens nothing else.",
		second: "The endpoint takes both: let it know the new secret first.",
		revoke: "Let the endpoint forget the old secret.",
	},
	slack: {
		made: "At api.slack.com, Your Apps: the app, OAuth & Permissions, Bot User OAuth Token.",
		least:
			"The scopes `chat:write`, and `channels:history` or for private channels `groups:history`; the bot is a member of its channels only.",
		second:
			"An app has one bot token in a workspace. For two at once make a second app with the same scopes, and invite its bot to the channels. Pages of the old bot cannot be changed by the new one.",
		revoke: "Uninstall the old app, or `auth.revoke` with its token.",
	},
	teams: {
		made: "On the channel: Workflows, a workflow that posts when a webhook request is received; its address is the secret.",
		least: "It posts to one channel and reads nothing.",
		second: "A channel may have several workflows: make another one.",
		revoke: "Turn the old workflow off, or delete it.",
	},
	twilio: {
		made: "In the console: Account, API keys & tokens, Auth tokens. A subaccount of its own keeps the damage of a leak small.",
		least: "An auth token may do everything in its account; there is no narrower one here. So use a subaccount that only has this number.",
		second: "An account has a primary and a secondary token, both valid: create the secondary one, and take it.",
		revoke: "Promote the secondary token: the primary one ends at once. Deploy first where voice calls use the same account.",
	},
	"twilio-voice": {
		made: "As that of texts; its second token, where texts use the first.",
		least: "An auth token may do everything in its account. So use a subaccount that only has this number.",
		second: "An account has two tokens. Where texts use the other one, rotate both together.",
		revoke: "Promote the secondary token: the primary one ends at once.",
	},
	ses: {
		made: "Nowhere: the functions prove themselves by their own roles in AWS.",
		least: "The program gives exactly `ses:SendEmail`, `ses:GetMessageInsights` and `ses:GetAccount`.",
		second: "There is nothing to rotate: AWS replaces the keys of a role every few hours.",
		revoke: "Revoke the sessions of the role in IAM; the functions get new ones at their next start.",
	},
};
