import { describe, expect, it } from "vitest";
import { actionSets } from "../../components/genesys/responsePlan.ts";
import { prepareFlow } from "../../components/responseFlow.ts";
import { checkSettings, type SettingsSource } from "../../components/settings/settings.ts";
import type { Remedy } from "../../remedies/kinds.ts";
import { settingsOf, stackOf } from "./stacks.ts";
import { declaredSystem, the } from "./system.ts";

const group: Remedy = { kind: "emergency-group", groupId: "3f0c8a54-6f0e-4c11-9d2b-7b1f5f2f9a10" };
const webhook: Remedy = { kind: "webhook", url: "https://failover.customer.example/runbooks" };
const role = "arn:aws:iam::111122223333:role/carrier";
const ssm: Remedy = { kind: "ssm", document: "Restart", undoDocument: "AWS-Restore", parameters: { AutomationAssumeRole: [role] } };

const secrets = { "remedy-webhook-signingSecret": "PLANTED-remedy-webhook", "remedy-approval-signingSecret": "PLANTED-remedy-approval" };

function stackWith(remedy: Remedy, mode: "observe" | "approve" | "auto") {
	const stack = stackOf("dev");
	const runbooks = { "trunk-down": { ...Object(settingsOf("dev").runbooks)["trunk-down"], remediation: { mode, remedy } } };
	const secretKeys = [...(stack.secretKeys ?? []), ...Object.keys(secrets)];
	return { ...stack, config: { ...stack.config, ...secrets, runbooks }, secretKeys };
}

const source = ({ config, secretKeys }: ReturnType<typeof stackWith>): SettingsSource => ({
	stack: "dev",
	keys: Object.keys(config),
	get: (key) => Object.entries(config).find(([name]) => name === key)?.[1],
	isSecret: (key) => secretKeys.includes(key),
});

const statements = (policy: unknown): readonly { readonly Sid: string; readonly Action: unknown; readonly Resource: unknown }[] =>
	JSON.parse(String(policy)).Statement;
const invoke = (sid: string) => ({
	Sid: sid,
	Effect: "Allow",
	Action: ["lambda:InvokeFunction"],
	Resource: ["arn:Function:runbooks-dev-remediator"],
});

describe("without a runbook that may act", () => {
	it("declares no remediator, no credential and no permission of one", async () => {
		const { resources } = await declaredSystem(stackWith(group, "observe"));
		expect(resources.filter(({ name }) => /remed/i.test(name))).toEqual([]);
		expect(JSON.stringify(resources)).not.toMatch(/emergencyGroup|ssm:|APPROVAL_URL|"REMEDIATOR"/);
	});
});

describe("the remediator may do what its runbook's remedy needs, and nothing else", () => {
	it.each([
		{ remedy: group, mode: "auto", sids: ["WriteOwnLogs", "UseLedger", "ReadSecrets"], env: ["SECRET_GENESYS_REMEDIATOR", "TABLE_NAME"] },
		{ remedy: webhook, mode: "auto", sids: ["WriteOwnLogs", "UseLedger", "ReadSecrets"], env: ["SECRET_REMEDY_WEBHOOK", "TABLE_NAME"] },
		{
			remedy: ssm,
			mode: "auto",
			sids: ["WriteOwnLogs", "UseLedger", "StartDocuments", "FollowExecutions", "PassRoles"],
			env: ["TABLE_NAME"],
		},
		{
			remedy: ssm,
			mode: "approve",
			sids: ["WriteOwnLogs", "UseLedger", "ReadSecrets", "StartDocuments", "FollowExecutions", "PassRoles"],
			env: ["APPROVAL_URL", "SECRET_APPROVAL_LINKS", "SECRET_REMEDY_APPROVAL", "TABLE_NAME"],
		},
	] as const)("$remedy.kind, $mode", async ({ remedy, mode, sids, env }) => {
		const dev = await declaredSystem(stackWith(remedy, mode));
		expect(statements(the(dev, "RolePolicy", "runbooks-remediator-policy").inputs.policy).map(({ Sid }) => Sid)).toEqual(sids);
		const { environment } = the(dev, "Function", "runbooks-remediator-function").inputs;
		expect(Object.keys(Object(environment).variables).toSorted()).toEqual(env);
		expect(JSON.stringify(dev.resources.filter(({ type }) => !/secret|Credential/i.test(type)))).not.toContain("PLANTED");
	});

	it("names exactly its documents, AWS's own without an account, and the role that is passed", async () => {
		const dev = await declaredSystem(stackWith(ssm, "auto"));
		const found = statements(the(dev, "RolePolicy", "runbooks-remediator-policy").inputs.policy);
		const resources = JSON.stringify(found.find(({ Sid }) => Sid === "StartDocuments")?.Resource);
		expect(resources).toMatch(/:document\/Restart".*::document\/AWS-Restore".*:automation-execution\/\*"/);
		expect(found.find(({ Sid }) => Sid === "PassRoles")).toMatchObject({
			Action: ["iam:PassRole"],
			Resource: [role],
			Condition: { StringEquals: { "iam:PassedToService": "ssm.amazonaws.com" } },
		});
	});

	it("has a client of its own for emergency groups, which may see and edit them", async () => {
		const dev = await declaredSystem(stackWith(group, "auto"));
		const { permissionPolicies } = the(dev, "AuthRole", "runbooks-remediator-client-role").inputs;
		expect(permissionPolicies).toEqual([{ domain: "routing", entityName: "emergencyGroup", actionSets: ["view", "edit"] }]);
	});
});

describe("the workflow that may act", () => {
	it("is filed under its own text, beside the one that only observes", () => {
		const filed = (remedy: Remedy, mode: "observe" | "approve" | "auto") => {
			const found = checkSettings(source(stackWith(remedy, mode)));
			if (!("settings" in found)) throw new Error(JSON.stringify(found.problems));
			return prepareFlow(found.settings, "telephony", actionSets(found.settings)).filepath;
		};
		expect(filed(group, "observe")).toBe("build/flows/runbooks-dev/response-telephony.yaml");
		expect(filed(group, "auto")).toMatch(/^build\/flows\/runbooks-dev\/response-telephony-[0-9a-f]{8}\.yaml$/);
		expect(filed(group, "auto")).toBe(filed(ssm, "auto"));
		expect(filed(group, "approve")).not.toBe(filed(group, "auto"));
	});
});

describe("who may ask the remediator", () => {
	it("is Genesys Cloud by its one role, and the overseer", async () => {
		const dev = await declaredSystem(stackWith(group, "auto"));
		const policy = the(dev, "RolePolicy", "runbooks-remediator-genesys-policy").inputs;
		expect([policy.role, statements(policy.policy)]).toEqual(["runbooks-dev-genesys-ledger", [invoke("InvokeRemediator")]]);
		expect(statements(the(dev, "RolePolicy", "runbooks-overseer-policy").inputs.policy)).toContainEqual(invoke("AskRemediator"));
		expect(dev.resources.filter(({ name }) => name === "runbooks-remediator-approvals")).toEqual([]);
	});

	it("is the normalizer as well where people approve, and it holds no secret of a remedy, but one that tells links from forged ones", async () => {
		const dev = await declaredSystem(stackWith(group, "approve"));
		const policy = the(dev, "RolePolicy", "runbooks-remediator-approvals").inputs;
		expect([policy.role, statements(policy.policy)]).toEqual(["runbooks-dev-normalizer", [invoke("AskRemediator")]]);
		const { environment, timeout } = the(dev, "Function", "runbooks-intake-normalizer-function").inputs;
		expect(Object.keys(Object(environment).variables)).not.toContain("SECRET_REMEDY_APPROVAL");
		expect(Object(environment).variables).toMatchObject({ REMEDIATOR: "runbooks-dev-remediator" });
		const seals = String(the(dev, "SecretVersion", "runbooks-intake-approval-links-value").inputs.secretStringWo);
		expect(JSON.parse(seals)).toEqual({ signingSecrets: [expect.stringMatching(/^[A-Za-z0-9_-]{43}$/)] });
		expect(seals).not.toContain("PLANTED");
		expect(timeout).toBe(285);
	});
});
