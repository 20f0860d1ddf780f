import { servicenowInbound } from "./inbound/servicenow.ts";
import { givenName } from "./patterns.ts";
import type { TextField, Vendor } from "./vendor.ts";

const table = "/api/now/table/incident";
const headers = { Authorization: { basic: ["{credential.userName}", "{credential.password}"] }, Accept: "application/json" } as const;
const written = { host: "instance", headers: { ...headers, "Content-Type": "application/json" } } as const;

/** Of an answer that is a record. A page for people, as of an instance that hibernates, has none of it: 200 alone is no success. */
const ofRecord = { outputs: { sysId: "result.sys_id", number: "result.number" }, receipt: "sysId" } as const;

const shown = "sys_id,number,state,correlation_id,sys_updated_by";

/** One record, by the id that ServiceNow gave it: the Table API changes nothing by a query. */
const change = { ...written, method: "PATCH", path: `${table}/{sysId}`, query: { sysparm_fields: shown }, ...ofRecord } as const;

const oneState = { pattern: /^[1-9]\d{0,2}$/, expected: 'a value of the field state in quotes, such as "6"' } as const satisfies TextField;
const someStates = {
	pattern: /^[1-9]\d{0,2}(?:,[1-9]\d{0,2})*$/,
	expected: 'values of the field state in quotes, with commas between them, such as "6,7,8"',
} as const satisfies TextField;

/**
 * ServiceNow: incidents by the Table API. It joins nothing: `correlation_id` holds our key, by which a record is looked up before one is made.
 * Sources: servicenow.com, "Table API", "Inbound REST API rate limiting" and KB0534905, "Table API FAQs".
 */
export const servicenow = {
	system: "ServiceNow",
	traits: { deduplicates: true, acknowledges: true, proof: "record", resolves: "same-key" },
	// The urgency. With the impact that the account sets it is the priority: 1 and 1 is P1, 1 and 2 is P2, 1 and 3 is P3.
	severities: { critical: "1", high: "2", medium: "3", low: "3" },
	account: {
		key: "servicenow",
		settings: {
			instance: {
				pattern: /^[a-z0-9][a-z0-9-]{0,62}$/,
				expected: "the name of an instance, which is the beginning of its address before .service-now.com",
				about: "The instance that holds the incidents.",
			},
			userName: {
				pattern: /^[^\s:]{1,100}$/,
				expected: "a user name without spaces and colons",
				about:
					"A user of its own for the API, with web service access only: an instance may refuse the passwords of people there. It needs the role itil, or another that may read, create and write incidents and their fields.",
			},
			impact: { oneOf: ["1", "2", "3"], usual: "1", about: "The impact of every incident; the urgency follows our severity." },
			acknowledgedStates: { ...someStates, usual: "2,3", about: "The states in which somebody has taken an incident." },
			resolvedStates: { ...someStates, usual: "6,7,8", about: "The states in which an incident is over." },
			acknowledgeState: { ...oneState, usual: "2", about: "The state that an acknowledgement sets: In Progress." },
			resolveState: { ...oneState, usual: "6", about: "The state that the end sets: Resolved." },
			closeCode: {
				pattern: /^\S(?:.{0,38}\S)?$/,
				expected: "a value of the field close_code, at most 40 characters",
				usual: "Solution provided",
				about:
					'The resolution code that the end sets. An instance refuses one that it does not have: before Utah it was "Solved (Permanently)".',
			},
		},
	},
	channel: {
		group: { ...givenName, about: "The assignment group as this stack names it." },
		groupId: {
			pattern: /^[0-9a-f]{32}$/,
			expected: "the sys_id of an assignment group (32 hexadecimal digits)",
			about: "ServiceNow's own id of that group. An incident for a group that there is not is made all the same, and is nobody's.",
		},
	},
	// How many requests an hour a user may make is a rule of each instance's administrators; there is none unless they make one.
	hosts: { instance: { name: { template: "{account.instance}.service-now.com" }, source: 'servicenow.com, "Table API"' } },
	credential: {
		name: "servicenow",
		holds: ["userName"],
		words: "The credentials of ServiceNow",
		genesys: { type: "basicAuth", fields: { userName: "userName", password: "password" } },
		notes: "Opens incidents and reads them back.",
	},
	secrets: { password: "The password of the user." },
	inbound: servicenowInbound,
	calls: {
		looksUpFirst: true,
		send: {
			...written,
			verb: "Create",
			words: "the new incident",
			method: "POST",
			path: table,
			query: { sysparm_fields: shown },
			body: {
				json: {
					correlation_id: "{key}",
					correlation_display: "Genesys Cloud runbooks",
					short_description: "{title}",
					description: "{body}",
					impact: "{account.impact}",
					urgency: "{urgency}",
					assignment_group: "{groupId}",
				},
			},
			inputs: { key: "page.key", title: "page.title", body: "page.body", urgency: "page.severity", groupId: "channel.groupId" },
			...ofRecord,
		},
		// What a query says of a field that there is not is ignored, and the newest record of all comes back: it must hold our key. Its times are UTC
		// without saying so (2026-11-24 10:00:00), which Architect and JavaScript would read as local. The key says which page it is, its occurrence and
		// tier included, so that no older record has it. Several are of two who sent at once: few, so that an ignored query brings few.
		read: {
			verb: "Read",
			words: "the list of incidents",
			method: "GET",
			host: "instance",
			path: table,
			query: { sysparm_query: "correlation_id={key}^ORDERBYDESCsys_created_on", sysparm_fields: shown, sysparm_limit: "10" },
			first: { sysparm_limit: "1" },
			headers,
			inputs: { key: "page.key" },
			list: "result",
			outputs: { sysId: "sys_id", correlationId: "correlation_id", state: "state" },
			reading: {
				matches: { correlationId: "key" },
				status: "state",
				states: { "1": "delivered", "2": "acknowledged", "3": "acknowledged", "6": "resolved", "7": "resolved", "8": "resolved" },
				statesFrom: { acknowledged: "acknowledgedStates", resolved: "resolvedStates" },
				// A state of the instance's own: the incident is there, and nobody has said that such a one is an answer.
				otherwise: "delivered",
				receipt: "sysId",
				by: "sys_updated_by",
			},
		},
		// It would open again what is over, and take from On Hold what somebody put there.
		acknowledge: {
			verb: "Acknowledge",
			words: "the acknowledgement of the incident",
			...change,
			body: { json: { state: "{account.acknowledgeState}", work_notes: "{note}" } },
			inputs: { sysId: "page.receipt", note: "page.note" },
			unless: ["acknowledged", "resolved"],
		},
		// A data policy asks for a code and for notes. What people resolved keeps theirs, and what is closed takes no change.
		resolve: {
			verb: "Resolve",
			words: "the end of the incident",
			...change,
			body: {
				json: { state: "{account.resolveState}", close_code: "{account.closeCode}", close_notes: "Genesys Cloud runbooks: {note}" },
			},
			inputs: { sysId: "page.receipt", note: "page.note" },
			unless: ["resolved"],
		},
		checks: [
			{
				words: "a read of the incidents",
				method: "GET",
				host: "instance",
				path: table,
				query: { sysparm_limit: "1", sysparm_fields: "sys_id" },
				headers,
				inputs: {},
				list: "result",
			},
		],
	},
} as const satisfies Vendor;
