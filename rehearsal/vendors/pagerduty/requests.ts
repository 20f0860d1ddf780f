import {
	anyList,
	anyObject,
	type DocumentedRequest,
	each,
	flagParameter,
	like,
	oneOf,
	only,
	someText,
	text,
	textUpTo,
} from "../documented.ts";

const event = {
	method: "POST",
	host: "events",
	path: /\/v2\/enqueue/,
	page: '"Send an alert event", developer.pagerduty.com; events-v2 of PagerDuty/api-schema',
	read: "2026-11-28",
} as const;

// The document marks Content-Type as required as well, also where there is no content.
const read = {
	method: "GET",
	host: "rest",
	headers: { authorization: /^Token token=\S+$/, accept: /^application\/vnd\.pagerduty\+json;version=2$/ },
} as const;

const routingKey = like("^[A-Za-z0-9]{32}$");
const severities = oneOf("critical", "error", "warning", "info");

const payload = only(
	{ summary: someText(1024), source: someText(), severity: severities },
	{ timestamp: like("^\\d{4}-\\d\\d-\\d\\dT"), component: text, group: text, class: text, custom_details: anyObject },
);

/** Where sorting may go by: "List incidents" names four fields. */
const sorting = like("^(?:incident_number|created_at|resolved_at|urgency):(?:asc|desc)$");

export const requests: readonly DocumentedRequest[] = [
	{
		...event,
		body: {
			json: only(
				{ routing_key: routingKey, event_action: oneOf("trigger"), payload },
				{ dedup_key: textUpTo(255), client: text, client_url: text, links: anyList, images: anyList },
			),
		},
	},
	// What only a trigger uses is dropped.
	{ ...event, body: { json: only({ routing_key: routingKey, event_action: oneOf("acknowledge", "resolve"), dedup_key: someText(255) }) } },
	{
		...read,
		path: /\/services\/P[A-Z0-9]+/,
		query: only({}, { "include[]": oneOf("escalation_policies", "integrations") }),
		page: '"Get a service" of the REST API, as public clients of it call it',
		read: "2026-11-28",
	},
	{
		...read,
		path: /\/incidents/,
		query: only(
			{},
			{
				...each(
					{ anyOf: [text, { type: "array", items: text, uniqueItems: true }] },
					"service_ids[]",
					"team_ids[]",
					"user_ids[]",
					"include[]",
				),
				...each(text, "incident_key", "time_zone", "since", "until"),
				"urgencies[]": oneOf("high", "low"),
				"statuses[]": oneOf("triggered", "acknowledged", "resolved"),
				date_range: oneOf("all"),
				sort_by: sorting,
				limit: like("^(?:[1-9]\\d?|100)$"),
				offset: like("^\\d{1,5}$"),
				total: flagParameter,
			},
		),
		page: '"List incidents", developer.pagerduty.com; REST of PagerDuty/api-schema',
		read: "2026-11-28",
	},
];
