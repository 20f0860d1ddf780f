import { expect, test } from "vitest";
import { fitted } from "../../commands/terminal.ts";
import { countLine, jsonReport, terminalReport } from "../../doctor/report.ts";
import { examined, failing, useAdmission } from "./examined.ts";
import { type Overlay, organization, type Patient, type Plan, secretsOf } from "./patient.ts";

const admit = useAdmission();

test("a healthy organization, vendors and account: everything that a read can show holds", async () => {
	const well = await admit();
	const findings = await examined(well);
	expect(failing(findings)).toEqual([]);
	const open = findings.filter(({ verdict }) => verdict === "not-checked").map(({ id }) => id);
	expect(open).toEqual([
		"assumptions.admin-pages",
		"assumptions.genesys-aws-account",
		"assumptions.published-actions",
		"assumptions.workflow-inputs",
	]);
	expect(findings.map(({ id }) => id)).toEqual([...new Set(findings.map(({ id }) => id))]);
	expect(findings.find(({ id }) => id === "genesys.permission.telephony:plugin:all")?.why).toBe("for detector, responder");
	expect(findings.find(({ id }) => id === "aws.concurrency")?.why).toBe("1000 of 1000 are free, 152 are needed");
});

test("a data table that is not there yet is made by the deployment, and its deployer needs more permissions", async () => {
	const findings = await examined(await admit(), { activeIncidents: { table: true } });
	expect(failing(findings)).toEqual([]);
	expect(findings.find(({ id }) => id === "genesys.data-table.runbooks-dev Active Incidents")?.why).toBe(
		"not there yet: the deployment makes it",
	);
	const why = (permission: string) => findings.find(({ id }) => id === `genesys.permission.${permission}`)?.why;
	expect([why("architect:datatableRow:edit"), why("architect:datatable:add")]).toEqual(["for announcer", "for ArchitectDatatable"]);
});

test("it only reads: tokens and the query of queues are all that it posts, AWS's own protocol aside", async () => {
	const well = await admit();
	await examined(well);
	const writes = well.heard.filter(({ method }) => method !== "GET").map(({ system, method, path }) => `${system} ${method} ${path}`);
	expect([...new Set(writes)].toSorted()).toEqual([
		"aws POST /",
		"genesys POST /api/v2/analytics/queues/observations/query",
		"genesys POST /oauth/token",
	]);
	expect(new Set(well.heard.map(({ system }) => system))).toEqual(new Set(["genesys", "pagerduty", "twilio", "aws"]));
});

const eventSource = `aws.partner/genesys.com/cloud/${organization.id}/runbooks-dev`;

test.each([
	{ name: "is active", eventSources: { [eventSource]: "ACTIVE" }, verdict: "holds" },
	{ name: "waits for its bus", eventSources: { [eventSource]: "PENDING" }, verdict: "holds" },
	{ name: "is of an integration that is gone", eventSources: { [eventSource]: "DELETED" }, verdict: "does-not-hold" },
	{ name: "is not there yet", eventSources: {}, verdict: "not-checked" },
] as const)("events of Genesys Cloud: each topic is asked about, and the event source $name", async ({ eventSources, verdict }) => {
	const well = await admit({ aws: { eventSources } });
	const findings = await examined(well, { events: { topics: { trunks: {}, operations: { topic: "v2.operations.{id}", definitions } } } });
	const about = (id: string) => findings.find((each) => each.id === id)?.verdict;
	expect(about(`aws.event-source.${eventSource}`)).toBe(verdict);
	expect(about("genesys.topic.v2.telephony.providers.edges.trunks.{id}")).toBe("holds");
	expect(about("genesys.topic.v2.operations.{id}")).toBe("does-not-hold");
	expect(about("genesys.integration-type.amazon-eventbridge-source")).toBe("holds");
	expect(about("assumptions.event-source-name")).toBe("not-checked");
});

test("no report holds a secret, whatever fails; lines can be fitted to 80 columns", async () => {
	const ill = await admit({ region: "eu", aws: { concurrentExecutions: 100 } });
	ill.genesys.setFault({ kind: "api", status: 503, path: "/api/v2/routing/queues" });
	const findings = await examined(ill, { genesys: { region: "eu-central-1", organizationId: "00000000-0000-4000-8000-000000000000" } });
	const texts = [terminalReport(findings), jsonReport("dev", findings)];
	for (const secret of secretsOf(ill)) for (const text of texts) expect(text).not.toContain(secret);
	expect(failing(findings).length).toBeGreaterThan(2);
	expect(
		fitted(texts[0] ?? "", undefined, 80)
			.split("\n")
			.filter((line) => line.length > 80),
	).toEqual([]);
	expect(texts[0]?.endsWith(countLine(findings))).toBe(true);
});

const definitions = { "Edge Offline": { condition: "edge-offline", verdict: "breach" } };

const elsewhere = "11111111-2222-4333-8444-555555555555";
const queues = (...names: readonly string[]) => ({ enabled: true, severity: "medium", queues: names.map((name) => ({ name })) });
const runbooks = (overflow: unknown) => ({
	"trunk-down": { enabled: true },
	"edge-offline": { enabled: true },
	"queue-overflow": overflow,
});
const route = (match: unknown) => ({
	routes: [
		{ match, policy: "telephony" },
		{ policy: "telephony", mayShare: ["pagerduty-primary", "twilio"] },
	],
});

interface Trouble {
	readonly name: string;
	readonly plan?: Plan;
	readonly plant?: (ill: Patient) => unknown;
	readonly settings?: Overlay;
	readonly env?: Readonly<Record<string, string>>;
	readonly secrets?: Readonly<Record<string, string>>;
	/** The ids of what fails, with what to do. */
	readonly fails: Readonly<Record<string, string>>;
	readonly why?: string;
}

const troubles: readonly Trouble[] = [
	{
		name: "another region in the environment",
		env: { GENESYSCLOUD_REGION: "us-east-1" },
		fails: { "genesys.region": "Set GENESYSCLOUD_REGION=eu-central-1, or genesys.region to where the organization is." },
		why: "the provider deploys to us-east-1",
	},
	{
		name: "another organization",
		settings: { genesys: { region: "eu-central-1", organizationId: elsewhere } },
		fails: { "genesys.organization": `Set genesys.organizationId to it, or use a client of ${elsewhere}.` },
		why: `Contact Centre is ${organization.id}`,
	},
	{
		name: "a secret of the deployer that was renewed",
		plant: ({ genesys }) => genesys.rotateSecret("Deployer"),
		fails: {
			"genesys.token": "Check id and secret, that it is a client-credentials client, and the region: others do not know it.",
		},
		why: "the client is refused in eu-central-1",
	},
	{
		name: "a licence without a type of integrations",
		plant: ({ genesys }) => genesys.withholdIntegrationType("aws-lambda-data-actions"),
		fails: {
			"genesys.integration-type.aws-lambda-data-actions": "Ask for a licence with it: data actions need Genesys Cloud CX 1, 2 or 3.",
		},
		why: "not among 3 types: the organization has GENESYS_CLOUD_CX_3",
	},
	{
		name: "a data table whose columns are of other types",
		settings: { activeIncidents: { table: true } },
		plant: ({ genesys }) =>
			genesys.addDataTable({ name: "runbooks-dev active incidents", columns: { key: "string", incidents: "string" } }),
		fails: {
			"genesys.data-table.runbooks-dev Active Incidents": "Columns never change: rename that table, or choose another names.prefix.",
		},
		why: "incidents is string, not integer",
	},
	{
		name: "no room for another data table",
		settings: { activeIncidents: { table: true } },
		plant: ({ genesys }) => {
			for (let index = 0; index < 200; index += 1) genesys.addDataTable({ name: `t${index}`, columns: { key: "string" } });
		},
		fails: { "genesys.data-table.runbooks-dev Active Incidents": "Delete one that nobody looks up." },
		why: "the organization has its 200 tables already",
	},
	{
		name: "a queue that is called otherwise",
		settings: { runbooks: runbooks(queues("Suport")) },
		fails: {
			"genesys.runbooks.queue-overflow.queues[0].name Suport":
				"Correct runbooks.queue-overflow.queues[0].name, or make it in Genesys Cloud.",
		},
		why: "did you mean Support?",
	},
	{
		name: "a trunk of a queue that is gone",
		plant: ({ genesys }) => {
			genesys.deleteTrunk("Frankfurt-1");
			genesys.addTrunk({ base: { name: "Hamburg-7" }, instances: 1 });
		},
		fails: {
			"genesys.runbooks.queue-overflow.queues[0].fedBy Frankfurt-1":
				"Correct runbooks.queue-overflow.queues[0].fedBy, or make it in Genesys Cloud.",
		},
		why: "none of 1 fits",
	},
	{
		name: "a route to a site that is none",
		settings: route({ site: "Antarctica*" }),
		fails: { "genesys.routes[0].match.site Antarctica*": "Correct routes[0].match.site, or make it in Genesys Cloud." },
	},
	{
		name: "a role of somebody else under one of our names",
		plant: ({ genesys }) => genesys.issueBootstrapClient({ name: "runbooks-dev detector" }),
		fails: { "genesys.names.roles": "Choose another names.prefix, or rename what is there." },
		why: "not ours: runbooks-dev detector",
	},
	{
		name: "a service that groups alerts",
		plant: ({ pagerduty }) => pagerduty.setUp("primary", { grouping: "intelligent" }),
		fails: {
			"vendors.pagerduty-primary.service.alert_grouping_parameters.type":
				"Switch alert grouping off in the service's settings: a grouped page is never proven.",
		},
		why: "type is intelligent",
	},
	{
		name: "a service that is disabled",
		plant: ({ pagerduty }) => pagerduty.setUp("primary", { status: "disabled" }),
		fails: { "vendors.pagerduty-primary.service.status": "Enable the service, or end its maintenance window: it makes no incidents." },
		why: "status is disabled",
	},
	{
		name: "a routing key of another service",
		secrets: { "pagerduty-primary-routingKey": "0123456789abcdef0123456789abcdef" },
		fails: {
			"vendors.pagerduty-primary.service.integrations.*.integration_key":
				"Take the key of an Events API v2 integration of this very service.",
		},
		why: "not among 1 keys",
	},
	{
		name: "keys that were revoked",
		plant: ({ pagerduty }) => pagerduty.revokeKeys("primary"),
		fails: {
			"vendors.pagerduty-primary.a-read-by-the-API-token":
				"Renew at the vendor, then pulumi config set --secret genesyscloud-runbooks:pagerduty-primary-routingKey or genesyscloud-runbooks:pagerduty-primary-apiToken",
		},
	},
	{
		name: "an account of another region",
		plan: { region: "eu" },
		fails: {
			"vendors.pagerduty-primary.a-read-by-the-API-token": "Set genesyscloud-runbooks:pagerduty.region to eu, or take a key of yours.",
		},
		why: "its key is of region eu",
	},
	{
		name: "a quota that the reserved executions do not fit into",
		plan: { aws: { concurrentExecutions: 101 } },
		fails: { "aws.concurrency": "Ask for more: Service Quotas > AWS Lambda > Concurrent executions." },
		why: "101 of 101 are free, 152 are needed",
	},
	{
		name: "keys of another account",
		settings: { "aws:allowedAccountIds": ["999999999999"] },
		fails: { "aws.account": "Use keys of 999999999999, or correct aws:allowedAccountIds." },
		why: "these are keys of 123456789012",
	},
	{
		name: "a smaller allowance of requests than is set",
		settings: { limits: { genesysRequestsPerMinute: 900 } },
		fails: {
			"assumptions.request-allowance":
				"Set limits.genesysRequestsPerMinute to what inin-ratelimit-allowed says in an answer. (functions/pipeline/limits/budget.ts)",
		},
		why: "300 are allowed, 900 are set",
	},
];

test.each(troubles)("$name: exactly that fails, with what to do", async ({ plan, plant, settings, env, secrets, fails, why }) => {
	const ill = await admit(plan);
	plant?.(ill);
	const found = failing(await examined(ill, settings, { ...(env && { env }), ...(secrets && { secrets }) }));
	expect(Object.fromEntries(found.map(({ id, remedy }) => [id, remedy]))).toEqual(fails);
	if (why !== undefined) expect(found[0]?.why).toBe(why);
});

test("an emergency group that is none fails, one that is there holds", async () => {
	const groupId = "9f1e2d3c-4b5a-4968-8778-695a4b3c2d1e";
	const remediation = { mode: "auto", remedy: { kind: "emergency-group", groupId } };
	const settings = { runbooks: { ...runbooks(queues("Support")), "trunk-down": { enabled: true, severity: "high", remediation } } };
	const ill = await admit();
	expect(failing(await examined(ill, settings)).map(({ id, why }) => [id, why])).toEqual([
		[`genesys.emergency-group.${groupId}`, `there is no ${groupId}`],
	]);
	ill.genesys.addEmergencyGroup({ id: groupId, name: "Carrier outage" });
	expect(failing(await examined(ill, settings))).toEqual([]);
});

test("without secrets, a client or AWS credentials nothing is said to hold that nobody has looked at", async () => {
	const well = await admit();
	const { vendors, ...others } = well.world;
	const bare = Object.fromEntries(Object.entries(vendors).map(([system, vendor]) => [system, { ...vendor, secrets: {} }]));
	const findings = await examined({ world: { ...others, vendors: bare as typeof vendors } });
	expect(failing(findings)).toEqual([]);
	const open = findings.filter(({ group, verdict }) => group === "Vendors" && verdict === "not-checked");
	expect(open.map(({ what, why, remedy }) => [what, why, remedy])).toEqual([
		[
			"pagerduty-primary, credential",
			"nobody has given pagerduty-primary-routingKey, pagerduty-primary-apiToken",
			"Give them by --secrets.",
		],
		["twilio, credential", "nobody has given twilio-authToken", "Give them by --secrets."],
	]);
	expect(findings.filter(({ group }) => group === "Vendors")).toHaveLength(2);
});
