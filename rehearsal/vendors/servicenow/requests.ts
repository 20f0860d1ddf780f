import { basic, type DocumentedRequest, each, flagParameter, like, numberParameter, oneOf, only, text, textUpTo } from "../documented.ts";

const alike = { host: "instance", page: '"Table API", servicenow.com' } as const;
const headers = { authorization: basic, accept: /^application\/json$/ } as const;

const sysId = "[0-9a-f]{32}";
const table = "/api/now/(?:v[12]/)?table/incident";

/** The columns of an incident that a client may write, in the lengths of a new instance: what is no column is dropped. */
const columns = {
	correlation_id: textUpTo(100),
	correlation_display: textUpTo(100),
	short_description: textUpTo(160),
	...each(textUpTo(4000), "description", "close_notes", "work_notes", "comments"),
	...each(oneOf("1", "2", "3"), "impact", "urgency"),
	...each(like(`^${sysId}$`), "assignment_group", "assigned_to", "caller_id", "cmdb_ci"),
	...each(textUpTo(40), "close_code", "category", "subcategory", "contact_type"),
	...each(like("^\\d{1,3}$"), "state", "hold_reason"),
};

const shown = {
	sysparm_display_value: oneOf("true", "false", "all"),
	sysparm_exclude_reference_link: flagParameter,
	sysparm_fields: like("^[a-z_.]+(?:,[a-z_.]+)*$"),
	sysparm_view: text,
};

export const requests: readonly DocumentedRequest[] = [
	{
		...alike,
		method: "POST",
		path: new RegExp(table),
		headers,
		query: only({}, { ...shown, sysparm_input_display_value: flagParameter, sysparm_suppress_auto_sys_field: flagParameter }),
		body: { json: only({ short_description: columns.short_description }, columns) },
	},
	{
		...alike,
		method: "PATCH",
		path: new RegExp(`${table}/${sysId}`),
		headers,
		query: only({}, { ...shown, sysparm_input_display_value: flagParameter, sysparm_query_no_domain: flagParameter }),
		body: { json: only({}, columns) },
	},
	{
		...alike,
		method: "GET",
		path: new RegExp(table),
		headers,
		query: only(
			{},
			{
				...shown,
				// Beside it a parameter may be any column; those are not used here.
				sysparm_query: text,
				...each(numberParameter, "sysparm_limit", "sysparm_offset"),
				...each(flagParameter, "sysparm_no_count", "sysparm_query_no_domain", "sysparm_suppress_pagination_header"),
				sysparm_query_category: text,
			},
		),
	},
];
