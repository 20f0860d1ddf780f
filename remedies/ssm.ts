import { type Order, remedyKind, type Statement } from "./remedy.ts";

/** Statuses after which an execution does nothing any more, and did not do what it should. */
const failed: readonly string[] = ["Failed", "TimedOut", "Cancelled", "Cancelling", "Rejected", "Exited", "CompletedWithFailure"];

const documentName = {
	pattern: /^[A-Za-z0-9_.-]{3,128}$/,
	expected: "the name of an Automation document (3 to 128 letters, digits, dots, dashes and underscores)",
};

/** Starts an AWS Systems Manager Automation document of this account and region, or one of AWS's own; its undo is another document. */
export const ssm = remedyKind({
	kind: "ssm",
	settings: {
		document: { kind: "text", ...documentName, about: "Started to remedy." },
		parameters: {
			kind: "lists",
			name: { pattern: /^[A-Za-z0-9]{1,50}$/, expected: "a parameter's name" },
			expected: "a section of parameter: list of texts",
			about: "Of both documents. An AutomationAssumeRole among them may be passed on; no secrets, they are plain.",
			optional: true,
		},
		undoDocument: {
			kind: "text",
			...documentName,
			about: "Started to undo. Without one nothing is undone, and the record says so.",
			optional: true,
		},
	},
	identity: ({ document }) => document,
	called: ({ document }) => `document ${document}`,
	does: ({ document }) => `It starts the Automation document ${document} of AWS Systems Manager.`,
	undoes: ({ undoDocument }) =>
		undoDocument === undefined
			? "Nothing undoes it then: no document is set for that."
			: `Then the document ${undoDocument} is started to undo it.`,
	needs: {
		aws: ({ document, parameters, undoDocument }) => [
			{
				// AWS asks for both resources: the document, and the execution that starts.
				sid: "StartDocuments",
				actions: ["ssm:StartAutomationExecution"],
				resources: [...[document, undoDocument ?? []].flat().map(documentOf), executions],
			},
			{ sid: "FollowExecutions", actions: ["ssm:GetAutomationExecution"], resources: [executions] },
			...passes(parameters?.AutomationAssumeRole ?? []),
		],
	},
	inspect: async () => "",
	act: async (order, { startDocument }) => {
		const { document, parameters = {} } = order.remedy;
		return { receipt: await startDocument(document, parameters, keyOf(order, document)) };
	},
	progress: async ({ receipt }, { documentStatus }) => {
		const status = await documentStatus(receipt);
		if (failed.includes(status)) return "failed";
		return status === "Success" || status === "CompletedWithSuccess" ? "done" : "running";
	},
	undo: async (order, { startDocument }) => {
		const { undoDocument, parameters = {} } = order.remedy;
		if (undoDocument === undefined) return "no-undo-document";
		await startDocument(undoDocument, parameters, keyOf(order, undoDocument));
		return "undone";
	},
});

const executions = { service: "ssm", resource: "automation-execution/*", isPublic: false };

/** AWS's own documents belong to no account. */
const documentOf = (document: string) => ({ service: "ssm", resource: `document/${document}`, isPublic: /^(AWS|Amazon)/.test(document) });

const passes = (roles: readonly string[]): readonly Statement[] =>
	roles.length === 0
		? []
		: [{ sid: "PassRoles", actions: ["iam:PassRole"], resources: roles, where: { "iam:PassedToService": "ssm.amazonaws.com" } }];

/** One for each document and occurrence: a repeat after a lost answer starts nothing twice. */
const keyOf = ({ incidentKey, occurrence }: Order<unknown>, document: string): string => `${incidentKey}:${occurrence}:${document}`;
