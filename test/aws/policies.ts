/** Statements that AWS itself uses in the name of a role: no call of a function needs them. */
export const usedByAws = [{ sid: "WriteOwnLogs", why: "Lambda writes what a function prints into its log group" }] as const;

/** Statements that only a function needs that died at the wrong moment: no story of these has one. */
export const neededAfterACrash = [
	{
		roleName: "runbooks-dev-dispatcher",
		sid: "SesGetMessageInsights",
		action: "ses:GetMessageInsights",
		why: "before it pages again it looks what became of a page that it began and did not finish",
	},
] as const;

/** Every resource that is named by a wildcard, by the statement that has it. */
export const wildcards = [
	{
		sid: "WriteOwnLogs",
		resource: /:log-group:\/aws\/lambda\/runbooks-dev-[a-z]+:\*$/,
		why: "Lambda names the streams of a function's own group",
	},
	{ sid: "StartDocuments", resource: /:automation-execution\/\*$/, why: "an execution has no id before it is started" },
	{ sid: "FollowExecutions", resource: /:automation-execution\/\*$/, why: "the same" },
	{ sid: "SesSendEmail", resource: /:identity\/\*$/, why: "SES decides whether an address or a domain that it is of sends" },
	{ sid: "SesSendEmail", resource: /:configuration-set\/\*$/, why: "the account's own default may be another one than the settings name" },
	{ sid: "SesGetMessageInsights", resource: / \*$/, why: "the action knows no resource" },
	{ sid: "SesGetAccount", resource: / \*$/, why: "the action knows no resource" },
] as const;
