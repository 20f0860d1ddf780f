import { describe, expect, test } from "vitest";
import { vendorPager } from "../../functions/edges/vendors/pager.ts";
import { emulatorOf } from "../../rehearsal/vendors/emulators.ts";
import { judgeOf } from "../../rehearsal/vendors/judge.ts";
import { network } from "../../rehearsal/world/network.ts";
import { type ChannelKind, channelKinds, vendorOf } from "../../vendors/kinds.ts";
import { openBudget } from "../functions/edges/vendors/adapterContract.ts";
import { plantedIdentity } from "../functions/edges/vendors/vendorPagers.ts";
import { orderOf, placeOf } from "./executors.ts";

interface Json {
	readonly [name: string]: unknown;
}

/** The request by which the functions page through a vendor, its body as an object, and who judges it. */
async function pageOf(kind: ChannelKind) {
	const { channel, account, credential, routes, clock } = placeOf(kind);
	const requests: Request[] = [];
	const seen = routes.map((route) => ({
		...route,
		fetch: async (request: Request) => {
			requests.push(request.clone());
			return route.fetch(request);
		},
	}));
	const usual = Object.entries(vendorOf(kind).account.settings).map(([name, field]) => [name, field.usual ?? ""] as const);
	const options = { kind, fetch: network(seen), credentials: async () => credential, budget: openBudget(), perMinute: 60, clock };
	const pager = vendorPager({ ...options, account: { ...Object.fromEntries(usual), ...account }, identity: () => plantedIdentity });
	await pager.send(orderOf(channel));
	const request = requests.findLast(({ method }) => method === "POST");
	if (request === undefined) throw new Error(`Expected a page of kind ${kind}, got none`);
	const said = await request.clone().text();
	const isForm = request.headers.get("content-type")?.startsWith("application/x-www-form-urlencoded") === true;
	const body: Json = isForm ? Object.fromEntries(new URLSearchParams(said)) : JSON.parse(said);
	const { hosts } = emulatorOf(kind).open({ clock, ...emulatorOf(kind).demo });
	const write = (fields: Json): string => (isForm ? new URLSearchParams(formOf(fields)).toString() : JSON.stringify(fields));
	const changed = (fields: Json): Request => new Request(request.url, { method: "POST", headers: request.headers, body: write(fields) });
	return { request, body, changed, judge: judgeOf(emulatorOf(kind), hosts) };
}

const formOf = (fields: Json): Record<string, string> =>
	Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));

/** A JSON merge patch (RFC 7396), which also goes into lists: `null` takes a field away. */
function patched(value: unknown, patch: unknown): unknown {
	if (typeof patch !== "object" || patch === null) return patch;
	if (Array.isArray(value)) return value.map((item, index) => (index in patch ? patched(item, Object(patch)[index]) : item));
	const result: Record<string, unknown> = { ...Object(value) };
	for (const [name, inner] of Object.entries(patch)) {
		if (inner === null) delete result[name];
		else result[name] = patched(result[name], inner);
	}
	return result;
}

const long = (length: number): string => "x".repeat(length);

/** What is broken in a page, and what the judge says of it after "expected". */
const breakages: readonly (readonly [kind: ChannelKind, patch: Json, says: string])[] = [
	["pagerduty", { payload: { summary: long(1025) } }, "payload.summary of at most 1024 characters"],
	["pagerduty", { payload: { severity: null } }, "payload.severity"],
	["pagerduty", { payload: { severity: "high" } }, "payload.severity as one of critical, error, warning, info"],
	["pagerduty", { dedup_key: long(256) }, "dedup_key of at most 255 characters"],
	["pagerduty", { incident_key: "k" }, "no field incident_key"],
	["opsgenie", { message: long(131) }, "message of at most 130 characters"],
	["opsgenie", { message: null }, "message"],
	["opsgenie", { priority: "P0" }, "priority as one of P1, P2, P3, P4, P5"],
	["opsgenie", { severity: "high" }, "no field severity"],
	["jsm", { alias: long(251) }, "alias of at most 250 characters"],
	["jsm", { message: null }, "message"],
	["jsm", { teams: [] }, "no field teams"],
	["jira", { fields: { summary: long(256) } }, "fields.summary of at most 255 characters"],
	["jira", { fields: { project: null } }, "fields.project"],
	["jira", { fields: { severity: "high" } }, "no field fields.severity"],
	["jira", { fields: { description: "a text" } }, "fields.description that must be object"],
	["jiraDataCenter", { fields: { description: long(32_768) } }, "fields.description of at most 32767 characters"],
	["jiraDataCenter", { fields: { issuetype: null } }, "fields.issuetype"],
	["jiraDataCenter", { key: "OPS-1" }, "no field key"],
	["servicenow", { correlation_id: long(101) }, "correlation_id of at most 100 characters"],
	["servicenow", { short_description: null }, "short_description"],
	["servicenow", { urgency: "high" }, "urgency as one of 1, 2, 3"],
	["servicenow", { details: "x" }, "no field details"],
	["slack", { blocks: { 0: { text: { text: long(3001) } } } }, "blocks.0.text.text of at most 3000 characters"],
	["slack", { channel: null }, "channel"],
	["slack", { unfurl: false }, "no field unfurl"],
	["teams", { attachments: null }, "attachments"],
	["teams", { text: "x" }, "no field text"],
	["teams", { attachments: { 0: { content: { body: { 0: { colour: "red" } } } } } }, "no field attachments.0.content.body.0.colour"],
	["sms", { Body: long(1601) }, "Body of at most 1600 characters"],
	["sms", { To: null }, "To"],
	["sms", { Priority: "high" }, "no field Priority"],
	["voice", { Twiml: `<Response>${long(4000)}</Response>` }, "Twiml of at most 4000 characters"],
	["voice", { From: null }, "From"],
	["voice", { Loop: "2" }, "no field Loop"],
	["email", { FromEmailAddress: long(321) }, "FromEmailAddress of at most 320 characters"],
	["email", { Content: null }, "Content"],
	["email", { Content: { Simple: { Body: { Markdown: {} } } } }, "no field Content.Simple.Body.Markdown"],
	["signedWebhook", { title: long(131) }, "title of at most 130 characters"],
	["signedWebhook", { details: null }, "details"],
	["signedWebhook", { tier: "1" }, "no field tier"],
];

describe("the judge", () => {
	test.each(channelKinds)("has nothing to say of a page of kind %s, and sees a field that no vendor knows", async (kind) => {
		const { request, body, changed, judge } = await pageOf(kind);
		expect(await judge(request.clone())).toEqual([]);
		expect(await judge(changed({ ...body, "never-heard-of": "x" }))).toEqual([
			expect.stringMatching(/: POST \S+: expected no field never-heard-of \(.+\), got one$/),
		]);
	});

	test.each(breakages)("of kind %s sees %j: expected %s", async (kind, patch, says) => {
		const { body, changed, judge } = await pageOf(kind);
		const problems = await judge(changed({ ...Object(patched(body, patch)) }));
		expect(problems.map((problem) => problem.replace(/^.*?: expected (.*?) \(.*$/s, "$1"))).toContain(says);
	});

	test("names the vendor, the call, the page that was read, and what it got: never the value of a key", async () => {
		const { changed, judge, body } = await pageOf("pagerduty");
		const page = '("Send an alert event", developer.pagerduty.com; events-v2 of PagerDuty/api-schema)';
		expect(await judge(changed({ ...body, routing_key: "PLANTED-secret", dedup_key: long(300) }))).toEqual([
			`PagerDuty: POST /v2/enqueue: expected routing_key that must match pattern "^[A-Za-z0-9]{32}$" ${page}, got a text of 14`,
			`PagerDuty: POST /v2/enqueue: expected dedup_key of at most 255 characters ${page}, got 300`,
		]);
	});

	test("sees a request that no document lists, on another host, path or method", async () => {
		const { request, judge } = await pageOf("pagerduty");
		const { headers } = request;
		for (const [url, method] of [
			["https://events.pagerduty.com/generic/2010-04-15/create_event.json", "POST"],
			["https://api.pagerduty.com/v2/enqueue", "POST"],
			["https://events.pagerduty.com/v2/enqueue", "PUT"],
		] as const) {
			const said = await judge(new Request(url, { method, headers, body: "{}" }));
			expect(said).toEqual([expect.stringMatching(/^PagerDuty: \w+ \/\S+: expected one of POST events .*, got another request$/)]);
		}
	});

	test("sees a header, a query, a content type and a body that the document has otherwise", async () => {
		const { judge } = await pageOf("opsgenie");
		const url = "https://api.opsgenie.com/v2/alerts";
		const authorization = "GenieKey PLANTED-secret";
		const json = { authorization, "content-type": "application/json" };
		const saidOf = async (url: string, init: RequestInit) =>
			(await judge(new Request(url, init))).map((each) => each.replace(/ \("Alert API.*\)/, ""));
		const expected = (method: string, words: string) => [`Opsgenie: ${method} /v2/alerts: expected ${words}`];
		expect(await saidOf(url, { headers: { authorization: "Bearer PLANTED-secret" } })).toEqual(
			expected("GET", "a header authorization like ^GenieKey \\S+$, got another one"),
		);
		expect(await saidOf(`${url}?limit=101`, { headers: { authorization } })).toEqual(
			expected("GET", 'limit that must match pattern "^(?:[1-9]\\d?|100)$", got a text of 3'),
		);
		expect(await saidOf(`${url}?size=1`, { headers: { authorization } })).toEqual(expected("GET", "no field size, got one"));
		const post = { method: "POST", headers: json };
		expect(await saidOf(url, { ...post, body: "no JSON" })).toEqual(expected("POST", "a body that is JSON, got another text"));
		expect(await saidOf(url, { method: "POST", headers: { authorization }, body: "{}" })).toEqual(
			expected("POST", "the content type application/json, got text/plain;charset=UTF-8"),
		);
	});
});
