/**
 * What the vendor has and this project does not run. Names follow the classes of the vendor's scripting SDK (`ArchAction…`, `ArchVariable…`), outputs
 * its base classes; seen in workflow exports are dataTableLookup, getConversationData, setConversationData, getExternalContact and callCommonModule.
 */

const found = ["found", "notFound"];
const foundOrFailure = [...found, "failure"];
const success = ["success", "failure"];

/** A call of a task with inputs or outputs, in a compiled export: a name of ours, since nobody has shown how Archy writes one. */
export const callWithArguments = "callTaskWithArguments";

/** The outputs of each action that a workflow may hold, beside those that are run here. */
export const foreignActions: Readonly<Record<string, readonly string[]>> = {
	...each(["getConversationData", "getExternalContact", "getExternalOrganization"], found),
	...each(["dataTableLookup", "getAssignedCustomerIntents"], foundOrFailure),
	...each(
		[
			"findEmergencyGroup",
			"findGroup",
			"findLanguageSkill",
			"findQueue",
			"findQueueById",
			"findSchedule",
			"findScheduleGroup",
			"findSkill",
			"findUser",
			"findUserById",
			"findUsersById",
			"findUserPrompt",
			"findSystemPrompt",
			"findUtilizationLabel",
			"getJourneyOutcome",
			"getJourneySegment",
			"getJourneySession",
			"getJourneySessionsByExternalContact",
			"getJourneyOutcomeScoresBySession",
		],
		foundOrFailure,
	),
	...each(
		[
			"callDecisionTable",
			"setConversationData",
			"getResponse",
			"associateExternalContact",
			"promoteExternalContact",
			"setExternalTag",
			"setUtilizationLabel",
			"clearUtilizationLabel",
			"sendNotification",
			"getSecuredData",
			"setSecuredData",
			"encryptData",
			"decryptData",
		],
		success,
	),
	searchExternalContacts: ["matchExact", "matchMultiple", "notFound"],
	callDataSecure: ["success", "failure", "timeout"],
	[callWithArguments]: ["default"],
	evaluateSchedule: ["active", "inactive"],
	evaluateScheduleGroup: ["open", "closed", "holiday", "emergency"],
	...each(["callCommonModule", "initializeFlowOutcome", "setFlowOutcome", "addFlowMilestone", "extractSecureData", "setLanguage"], []),
};

function each(names: readonly string[], outputs: readonly string[]): Record<string, readonly string[]> {
	return Object.fromEntries(names.map((name) => [name, outputs]));
}

/** What to write in place of an action; every other one is left to its author. */
export const instead: Readonly<Record<string, string>> = {
	loopUntil: "Use loop, and loopExit in a decision: its bound can be proven.",
};

const foreignTypes: ReadonlySet<string> = new Set([
	"agentScorePair",
	"assignedCustomerIntent",
	"communication",
	"customerIntent",
	"date",
	"emailAddress",
	"emergencyGroup",
	"externalContact",
	"externalOrganization",
	"grammar",
	"journeyOutcome",
	"journeyOutcomeScore",
	"journeySegment",
	"journeySession",
	"knowledgeBaseDocument",
	"languageSkill",
	"prompt",
	"schedule",
	"scheduleGroup",
	"surveyForm",
	"time",
	"timeslot",
	"utilizationLabel",
	"workbin",
	"workitem",
	"worktypeStatus",
]);

/** Whether a key names a type that the vendor's variables have and nothing here can carry: `externalContactVariable`, `date`, `dateCollection`. */
export function isForeignType(key: string, ending: "Variable" | ""): boolean {
	if (!key.endsWith(ending)) return false;
	return foreignTypes.has(key.slice(0, key.length - ending.length).replace(/Collection$/, ""));
}
