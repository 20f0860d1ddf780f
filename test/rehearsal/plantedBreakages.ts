import { parseScenario, readScenario } from "../../rehearsal/scenario/read.ts";
import type { Scenario } from "../../rehearsal/scenario/scenario.ts";
import type { DeclaredResource, Tamper } from "../../rehearsal/world/deploy.ts";

export const plain = parseScenario(
	`
name: plain-outage
why: One trunk fails and comes back.
lasts: 25m
trunks: [{ name: Frankfurt-1 }]
happens:
  - { at: 1m, do: trunk-down, trunk: Frankfurt-1 }
  - { at: 18m, do: trunk-up, trunk: Frankfurt-1 }
must:
  - { by: 2m, what: incident-opened, trunk: Frankfurt-1, times: 1 }
  - { by: 2m, what: workflow-claimed, who: workflow, trunk: Frankfurt-1 }
  - { by: 3m, what: page-proven, who: workflow, channel: pagerduty, tier: 1 }
  - { by: 22m, what: incident-resolved, times: 1 }
`,
	"plain-outage.yaml",
);

type Inputs = Readonly<Record<string, unknown>>;

/** Changes the inputs of the resources of a type whose name or inputs fit; the test fails if none did. */
function change(
	type: string,
	fits: (resource: DeclaredResource) => boolean,
	changed: (inputs: Inputs) => Inputs | undefined,
): Tamper & { hits: number } {
	const tamper = Object.assign(
		(resource: DeclaredResource): DeclaredResource | undefined => {
			if (resource.type !== type || !fits(resource)) return resource;
			tamper.hits += 1;
			const inputs = changed(resource.inputs);
			return inputs === undefined ? undefined : { ...resource, inputs };
		},
		{ hits: 0 },
	);
	return tamper;
}

const named = (part: string) => (resource: DeclaredResource) =>
	String(resource.inputs.name ?? resource.name).includes(part) || resource.name.includes(part);

const section = (inputs: Inputs, key: string): Inputs => Object(inputs[key]);

/** Takes one IAM action out of every statement of a policy document. */
const without =
	(action: string) =>
	(inputs: Inputs): Inputs => {
		const text = JSON.stringify(inputs.policy);
		const kept = text.replaceAll(`\\"${action}\\"`, '\\"none:None\\"');
		return { ...inputs, policy: JSON.parse(kept) };
	};

const noPermission = (permission: string) => (inputs: Inputs) => {
	const [domain, entityName, action] = permission.split(":");
	const policies: readonly Inputs[] = Array.isArray(inputs.permissionPolicies) ? inputs.permissionPolicies : [];
	return {
		...inputs,
		permissions: (Array.isArray(inputs.permissions) ? inputs.permissions : []).filter((each) => each !== permission),
		permissionPolicies: policies.flatMap((policy) => {
			if (policy.domain !== domain || policy.entityName !== entityName) return [policy];
			const actionSets = (Array.isArray(policy.actionSets) ? policy.actionSets : []).filter((each) => each !== action);
			return actionSets.length === 0 ? [] : [{ ...policy, actionSets }];
		}),
	};
};

const request = (changed: Inputs) => (inputs: Inputs) => ({
	...inputs,
	configRequest: { ...section(inputs, "configRequest"), ...changed },
});

const role = "genesyscloud:index/authRole:AuthRole";

const action = "genesyscloud:index/integrationAction:IntegrationAction";

const policyType = "aws:iam/rolePolicy:RolePolicy";

interface Breakage {
	readonly name: string;
	readonly tamper: Tamper & { hits: number };
	readonly resource: RegExp;
	readonly reason: RegExp;
	readonly scenario?: Scenario;
}

const remediatorMayNot = (what: string, action: string, scenario: string): Breakage => ({
	name: `the remediator may not ${what}`,
	tamper: change(policyType, named("remediator"), without(action)),
	resource: /runbooks-dev-remediator/,
	reason: new RegExp(action),
	scenario: readScenario(scenario),
});

export const breakages: readonly Breakage[] = [
	{
		name: "the detector's role lacks its permission",
		tamper: change(role, named("detector"), noPermission("telephony:plugin:all")),
		resource: /runbooks-dev detector/,
		reason: /missing.*telephony:plugin:all/,
	},
	{
		name: "the detector's role may not read queues",
		tamper: change(role, named("detector"), noPermission("analytics:queueObservation:view")),
		resource: /runbooks-dev detector/,
		reason: /missing.*analytics:queueObservation:view/,
	},
	{
		name: "the launcher's role may not launch",
		tamper: change(role, named("launcher"), noPermission("architect:flow:launch")),
		resource: /runbooks-dev launcher/,
		reason: /architect:flow:launch/,
	},
	{
		name: "the launcher's role may not read executions",
		tamper: change(role, named("launcher"), noPermission("architect:flowExecution:view")),
		resource: /runbooks-dev launcher/,
		reason: /architect:flowExecution:view/,
	},
	{
		name: "the responder's role lacks its permission",
		tamper: change(role, named("responder"), noPermission("telephony:plugin:all")),
		resource: /runbooks-dev responder/,
		reason: /telephony:plugin:all/,
	},
	{
		name: "the PagerDuty trigger's template is no JSON",
		tamper: change(action, named("Trigger"), request({ requestTemplate: '{"routing_key": ' })),
		resource: /PagerDuty primary\/Trigger/,
		reason: /failure/,
		scenario: plain,
	},
	{
		name: "the PagerDuty read's template names an input that does not exist",
		tamper: change(
			action,
			(resource) => named("Read")(resource) && String(resource.inputs.category).includes("PagerDuty"),
			request({ requestUrlTemplate: "https://api.pagerduty.com/incidents?incident_key=${input.nothing}" }),
		),
		resource: /PagerDuty primary\/Read/,
		reason: /failure/,
	},
	{
		name: "the Twilio send's template has lost its form",
		tamper: change(action, (resource) => named("Send")(resource), request({ requestTemplate: "Nonsense" })),
		resource: /Twilio\/Send/,
		reason: /400/,
		scenario: readScenario("trunk-outage"),
	},
	{
		name: "the ledger's claim sends something else",
		tamper: change(action, (resource) => named("Claim")(resource), request({ requestTemplate: '{"operation":"conquer"}' })),
		resource: /Ledger\/Claim/,
		reason: /failure/,
	},
	{
		name: "the health check asks for another address",
		tamper: change(action, (resource) => named("HealthCheckTrigger")(resource), request({ requestUrlTemplate: "/api/v2/trunks" })),
		resource: /HealthCheckTrigger/,
		reason: /404/,
	},
	{
		name: "an integration is disabled",
		tamper: change(
			"genesyscloud:index/integration:Integration",
			({ inputs }) => section(inputs, "config").name === "runbooks-dev PagerDuty primary",
			(inputs) => ({
				...inputs,
				intendedState: "DISABLED",
			}),
		),
		resource: /PagerDuty primary/,
		reason: /.+/,
	},
	{
		name: "the flow is left out",
		tamper: change(
			"genesyscloud:index/flow:Flow",
			() => true,
			() => undefined,
		),
		resource: /response flow/,
		reason: /deployed no flow/,
	},
	{
		name: "the queue's event source mapping is disabled",
		tamper: change(
			"aws:lambda/eventSourceMapping:EventSourceMapping",
			() => true,
			(inputs) => ({ ...inputs, enabled: false }),
		),
		resource: /queue runbooks-dev-dispatch/,
		reason: /no enabled event source mapping/,
	},
	{
		name: "the poller's schedule is disabled",
		tamper: change("aws:scheduler/schedule:Schedule", named("poller"), (inputs) => ({ ...inputs, state: "DISABLED" })),
		resource: /function runbooks-dev-poller/,
		reason: /no enabled schedule/,
	},
	{
		name: "the poller may not send to the queue",
		tamper: change(policyType, named("poller"), without("sqs:SendMessage")),
		resource: /runbooks-dev-poller/,
		reason: /sqs:SendMessage/,
	},
	{
		name: "the poller may not write the ledger",
		tamper: change(policyType, named("poller"), without("dynamodb:PutItem")),
		resource: /runbooks-dev-poller/,
		reason: /dynamodb:PutItem/,
	},
	{
		name: "the overseer may not list what is due",
		tamper: change(policyType, named("overseer"), without("dynamodb:Query")),
		resource: /runbooks-dev-overseer/,
		reason: /dynamodb:Query/,
	},
	{
		name: "the dispatcher may not read its secrets",
		tamper: change(policyType, named("dispatcher"), without("secretsmanager:GetSecretValue")),
		resource: /runbooks-dev-dispatcher/,
		reason: /secretsmanager:GetSecretValue/,
	},
	{
		name: "Genesys Cloud may not invoke the ledger",
		tamper: change(policyType, named("genesys"), without("lambda:InvokeFunction")),
		resource: /Ledger\/Claim/,
		reason: /lambda:InvokeFunction/,
	},
	{
		name: "the ledger function's table has another name",
		tamper: change("aws:lambda/function:Function", named("runbooks-dev-ledger"), (inputs) => ({
			...inputs,
			environment: { variables: { TABLE_NAME: "another-table" } },
		})),
		resource: /Ledger\/Claim/,
		reason: /another-table/,
	},
	{
		name: "the remediator's role may not edit emergency groups",
		tamper: change(role, named("remediator"), noPermission("routing:emergencyGroup:edit")),
		resource: /runbooks-dev remediator/,
		reason: /missing.*routing:emergencyGroup:edit/,
		scenario: readScenario("remedy-auto-helps"),
	},
	{
		name: "the remediator's role may not see emergency groups",
		tamper: change(role, named("remediator"), noPermission("routing:emergencyGroup:view")),
		resource: /runbooks-dev remediator/,
		reason: /missing.*routing:emergencyGroup:view/,
		scenario: readScenario("remedy-auto-helps"),
	},
	remediatorMayNot("start its document", "ssm:StartAutomationExecution", "remedy-approved-in-vain"),
	remediatorMayNot("follow its document", "ssm:GetAutomationExecution", "remedy-approved-in-vain"),
	remediatorMayNot("pass the document's role", "iam:PassRole", "remedy-approved-in-vain"),
	remediatorMayNot("read the secret that signs its calls", "secretsmanager:GetSecretValue", "remedy-auto-fails"),
	{
		name: "Genesys Cloud may not invoke the remediator",
		tamper: change(policyType, ({ inputs }) => inputs.name === "invoke-remediator", without("lambda:InvokeFunction")),
		resource: /Remedies\/Begin/,
		reason: /lambda:InvokeFunction/,
		scenario: readScenario("remedy-auto-fails"),
	},
	{
		name: "the overseer may not ask the remediator",
		tamper: change(policyType, ({ name }) => name === "runbooks-overseer-policy", without("lambda:InvokeFunction")),
		resource: /runbooks-dev-overseer/,
		reason: /lambda:InvokeFunction/,
		scenario: readScenario("remedy-by-the-overseer"),
	},
	{
		name: "the normalizer may not ask the remediator",
		tamper: change(policyType, ({ inputs }) => inputs.name === "ask-remediator", without("lambda:InvokeFunction")),
		resource: /runbooks-dev-normalizer/,
		reason: /lambda:InvokeFunction/,
		scenario: readScenario("remedy-approved-in-vain"),
	},
	{
		name: "the remedy's data action sends something else",
		tamper: change(action, (resource) => named("Begin")(resource), request({ requestTemplate: '{"operation":"conquer"}' })),
		resource: /Remedies\/Begin/,
		reason: /failure/,
		scenario: readScenario("remedy-auto-fails"),
	},
];
