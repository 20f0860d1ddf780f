import { adminPageOf } from "../functions/pipeline/page/adminPage.ts";
import { everyChannel } from "../functions/pipeline/route/policy.ts";
import type { RuntimeSettings } from "../functions/pipeline/settings.ts";
import type { ChannelKind } from "../vendors/kinds.ts";
import { type Finding, fails, holds, isRead, type Subject, unchecked } from "./finding.ts";
import type { GenesysReadings } from "./genesys/read.ts";
import type { Needs } from "./needs.ts";

/** What a read says of an assumption. */
interface Settled {
	readonly isTrue: boolean;
	readonly why: string;
}

/** What an assumption is judged by; the organization's answers are absent where it was not asked. */
interface Known {
	readonly settings: RuntimeSettings;
	readonly needs: Needs;
	readonly genesys: GenesysReadings | undefined;
}

/** Something that no public source says, and on which the program relies. */
export interface Assumption {
	readonly id: string;
	/** What is assumed, as one sentence without its end. */
	readonly assumed: string;
	/** The file in which the program relies on it. */
	readonly where: string;
	/** The kinds of channels without which it does not matter; absent: it always does. */
	readonly kinds?: readonly ChannelKind[];
	/** Settings without which it does not matter; absent: it always does. */
	readonly matters?: (settings: RuntimeSettings) => boolean;
	/** What a read says of it; undefined where this one says nothing. Absent: no read can. */
	readonly settle?: (genesys: GenesysReadings, known: Omit<Known, "genesys">) => Settled | undefined;
	/** Where a person has to look where no read says it, or what to do where it does not hold. */
	readonly look: (known: Omit<Known, "genesys">) => string;
}

const listOf = (names: readonly string[]): string =>
	names.slice(0, 3).join(", ") + (names.length > 3 ? ` and ${names.length - 3} more` : "");

export const assumptions: readonly Assumption[] = [
	{
		id: "trunk-metrics",
		assumed: "one call tells the metrics of up to 100 trunks",
		where: "functions/edges/genesys/api.ts",
		settle: ({ trunks }) => {
			if (!isRead(trunks)) return trunks.unread.reason === "rejected" ? { isTrue: false, why: trunks.unread.message } : undefined;
			const told = trunks.value.filter(({ calls }) => calls !== undefined).length;
			return trunks.value.length === 0 ? undefined : { isTrue: told > 0, why: `told of ${told} of ${trunks.value.length} trunks` };
		},
		look: () => "There is no trunk to ask about: ask again once there is, and before there are more than 100.",
	},
	{
		id: "trunk-states",
		assumed: "every trunk in service says whether it is connected",
		where: "functions/edges/genesys/api.ts",
		settle: ({ trunks }) => {
			const inUse = isRead(trunks) ? trunks.value.filter(({ state, inService }) => state === "active" && inService === true) : [];
			const silent = inUse.filter(({ connected, options, registers }) => (connected ?? options ?? registers) === undefined);
			if (inUse.length === 0) return undefined;
			return silent.length === 0
				? { isTrue: true, why: `so do ${inUse.length}` }
				: { isTrue: false, why: `these do not: ${listOf(silent.map(({ name }) => name))}` };
		},
		look: () => "A trunk that says nothing is no data and never pages: switch on OPTIONS or registration for it.",
	},
	{
		id: "edge-states",
		assumed: "every edge says ONLINE or OFFLINE",
		where: "functions/edges/genesys/api.ts",
		settle: ({ edges }) => {
			const inUse = isRead(edges) ? edges.value.filter(({ state }) => state === "active") : [];
			const silent = inUse.filter(({ online }) => online === undefined);
			if (inUse.length === 0) return undefined;
			return silent.length === 0
				? { isTrue: true, why: `so do ${inUse.length}` }
				: { isTrue: false, why: `these do not: ${listOf(silent.map(({ name }) => name))}` };
		},
		look: () => "An edge that says neither is no data and never pages: look at it in Admin > Telephony > Edges.",
	},
	{
		id: "queue-query",
		assumed: "one query may name up to 100 queues",
		where: "functions/edges/genesys/queues.ts",
		settle: ({ activity }, { needs }) => {
			const wanted = needs.places.filter(({ of }) => of === "queue").length;
			if (wanted === 0 || (!isRead(activity) && activity.unread.reason !== "rejected")) return undefined;
			return isRead(activity)
				? { isTrue: true, why: `answered for ${activity.value.length}` }
				: { isTrue: false, why: activity.unread.message };
		},
		look: () => "No queue was asked about, or none could be: watch fewer queues where Genesys Cloud refuses the query.",
	},
	{
		id: "request-allowance",
		assumed: "a client may make as many requests a minute as limits.genesysRequestsPerMinute says",
		where: "functions/pipeline/limits/budget.ts",
		settle: ({ allowance: { perMinute } }, { settings }) => {
			const wanted = settings.limits.genesysRequestsPerMinute;
			return perMinute === undefined ? undefined : { isTrue: perMinute >= wanted, why: `${perMinute} are allowed, ${wanted} are set` };
		},
		look: () => "Set limits.genesysRequestsPerMinute to what inin-ratelimit-allowed says in an answer.",
	},
	{
		id: "credential-types",
		assumed: "the types of credentials are called as the program calls them",
		where: "components/genesys/vendors/vendorIntegration.ts",
		settle: ({ credentialTypes }, { needs }) => {
			if (!isRead(credentialTypes) || credentialTypes.value.length === 0) return undefined;
			const missing = needs.credentialTypes.filter((type) => !credentialTypes.value.includes(type));
			return missing.length === 0
				? { isTrue: true, why: needs.credentialTypes.join(", ") }
				: { isTrue: false, why: `there is no ${missing.join(", ")}` };
		},
		look: () => "Make one by hand in Admin > Integrations and read its type: GET /api/v2/integrations/credentials/{id}.",
	},
	{
		id: "credential-slots",
		assumed: "integrations take their credentials under the names that the program uses",
		where: "components/genesys/dataActions.ts",
		settle: ({ types }, { needs }) => {
			const offered = isRead(types)
				? types.value.filter(({ id, slots }) => needs.integrationTypes.has(id) && Object.keys(slots).length > 0)
				: [];
			if (offered.length === 0) return undefined;
			const missing = offered.flatMap(({ id, slots }) =>
				(needs.integrationTypes.get(id) ?? []).filter((slot) => !(slot in slots)).map((slot) => `${slot} of ${id}`),
			);
			return missing.length === 0
				? { isTrue: true, why: `of ${offered.length} types` }
				: { isTrue: false, why: `there is no ${missing.join(", ")}` };
		},
		look: () => "Look at the credentials that GET /api/v2/integrations/types names for each type.",
	},
	{
		id: "admin-pages",
		assumed: "links in pages lead to where Genesys Cloud shows what fails",
		where: "functions/pipeline/page/adminPage.ts",
		look: ({ settings }) => {
			const address = adminPageOf(settings.genesys, { condition: "trunk-down", entityId: "" });
			return `Open ${address ?? "the pages"} and correct genesys.adminPages where it shows nothing.`;
		},
	},
	{
		id: "genesys-aws-account",
		assumed: "Genesys Cloud assumes our role from the AWS account that the program trusts",
		where: "components/settings/regions.ts",
		look: () => "Compare it with the account that the help of the AWS Lambda integration names.",
	},
	{
		id: "published-actions",
		assumed: "a published workflow holds on to the data actions with which it was published",
		where: "components/responseFlow.ts",
		look: () => "After a change of a data action open the workflow in Architect: it must name the new one.",
	},
	{
		id: "workflow-inputs",
		assumed: "a launch fills the inputs of a workflow by names such as Flow.summary",
		where: "functions/edges/genesys/api.ts",
		look: () => "Look at the first page: it must tell what failed, and the execution what it was launched with.",
	},
	{
		id: "event-source-name",
		assumed: "Genesys Cloud names its event source aws.partner/genesys.com/cloud/<organization>/<suffix>",
		where: "components/aws/names.ts",
		matters: ({ events }) => events !== undefined,
		look: () => "Compare it with the partner event sources in the console of Amazon EventBridge.",
	},
	{
		id: "event-bodies",
		assumed: "events have the fields of the same topics over WebSockets, and the version that events.version says",
		where: "functions/pipeline/listen/bodies.ts",
		matters: ({ events }) => events !== undefined,
		look: () => "Look at the listener's event-left-out metric: says-nothing must stay rare.",
	},
	{
		id: "answerer-of-alerts",
		assumed: "a webhook names who answered an alert where we read it",
		where: "vendors/inbound/opsgenie.ts",
		kinds: ["opsgenie", "jsm"],
		look: () => "Acknowledge a test alert by hand: the incident must be acknowledged within seconds.",
	},
	{
		id: "jsm-states",
		assumed: "a list of alerts says open or closed of each",
		where: "vendors/jsm.ts",
		kinds: ["jsm"],
		look: () => "Snooze a test alert by hand: the incident must go on as unanswered.",
	},
	{
		id: "servicenow-states",
		assumed: "an incident's states have the numbers of a new instance",
		where: "vendors/servicenow.ts",
		kinds: ["servicenow"],
		look: () => "Compare the choice list of incident.state with the settings of the account.",
	},
];

/** What is known of each assumption that matters to these settings. */
export function judgeAssumptions(known: Known): readonly Finding[] {
	const kinds: readonly string[] = everyChannel(known.settings).map(({ kind }) => kind);
	return assumptions
		.filter(({ kinds: needed, matters }) => (needed?.some((kind) => kinds.includes(kind)) ?? true) && (matters?.(known.settings) ?? true))
		.map((assumption) => judgeAssumption(assumption, known));
}

function judgeAssumption({ id, assumed, where, settle, look }: Assumption, { genesys, ...known }: Known): Finding {
	const subject: Subject = { id: `assumptions.${id}`, group: "Assumptions", what: assumed };
	if (settle !== undefined && genesys === undefined) return unchecked(subject, "Genesys Cloud was not asked");
	const settled = genesys === undefined ? undefined : settle?.(genesys, known);
	if (settled === undefined)
		return unchecked(subject, settle === undefined ? "cannot be read" : "could not be read", `${look(known)} (${where})`);
	return settled.isTrue ? holds(subject, settled.why) : fails(subject, settled.why, `${look(known)} (${where})`);
}
