import { describe, expect, test } from "vitest";
import { tokenOf } from "../../../functions/edges/aws/automation.ts";
import { authorized } from "../../../functions/edges/genesys/api.ts";
import { signedPost } from "../../../functions/edges/http/signedPost.ts";
import { remediator, remedyActs } from "../../../functions/edges/remedies.ts";
import type { RemedyActs, RemedyOrder } from "../../../functions/pipeline/ports.ts";
import { createGenesysCloud } from "../../../rehearsal/genesyscloud/index.ts";
import { VirtualClock } from "../../../rehearsal/world/clock.ts";
import { createCustomer } from "../../../rehearsal/world/customer.ts";
import { network } from "../../../rehearsal/world/network.ts";
import type { Remedy } from "../../../remedies/kinds.ts";
import type { Tools } from "../../../remedies/remedy.ts";
import { remedyOrder } from "../pipeline/fixtures.ts";
import { openBudget } from "./vendors/adapterContract.ts";

const start = Date.UTC(2026, 10, 24, 10);
const groupId = "3f0c8a54-6f0e-4c11-9d2b-7b1f5f2f9a10";
const group: Remedy = { kind: "emergency-group", groupId };
const webhook: Remedy = { kind: "webhook", url: "https://failover.customer.example/runbooks" };
const ssm: Remedy = { kind: "ssm", document: "Restart", undoDocument: "Restore", parameters: { Site: ["fra"] } };

/** What the descriptions of remedies do with these tools; another one is a mistake of the test. */
function actsWith(tools: Partial<Tools>): RemedyActs {
	const none = () => Promise.reject(new Error("Expected a remedy to use its own tools, got another"));
	return remedyActs({ genesys: none, post: none, startDocument: none, documentStatus: none, ...tools });
}

const order = (remedy: Remedy, change: Partial<RemedyOrder> = {}): RemedyOrder => remedyOrder({ remedy, ...change });

describe("an emergency group", () => {
	/** The emulated organization with one group; `race` saves the group between our GET and our PUT, so many times. */
	function organization({ permissions = ["routing:emergencyGroup:view", "routing:emergencyGroup:edit"], races = 0, enabled = false } = {}) {
		const clock = new VirtualClock(start);
		const facts = { id: "5f2c1a9e-8b7d-4c36-9a10-2e64d0b7f3c8", name: "Test", domain: "mypurecloud.de" };
		const genesys = createGenesysCloud({
			clock,
			organization: facts,
			outbound: fetch,
			invokeLambda: async () => ({ status: 404, body: "" }),
		});
		genesys.world.addEmergencyGroup({ id: groupId, name: "Carrier outage", enabled });
		const other = genesys.world.issueBootstrapClient();
		const client = genesys.world.issueBootstrapClient({ name: "remediator", permissions });
		const methods: string[] = [];
		let left = races;
		const wires = network(["api.mypurecloud.de", "login.mypurecloud.de"].map((host) => ({ host, fetch: (request) => serve(request) })));
		const actsAs = (credentials: typeof client, name: string): RemedyActs =>
			actsWith({
				genesys: authorized({
					fetch: wires,
					domain: "mypurecloud.de",
					credentials: async () => credentials,
					clientName: name,
					clock,
					budget: openBudget(),
					perMinute: 240,
				}),
			});
		async function serve(request: Request): Promise<Response> {
			const { pathname } = new URL(request.url);
			if (pathname.startsWith("/api/") && left > 0 && request.method === "PUT") {
				left -= 1;
				await genesys.fetch(
					new Request(request.url, {
						method: "PUT",
						headers: { authorization: `Bearer ${await token()}`, "content-type": "application/json" },
						body: JSON.stringify({ ...current(), enabled: current()?.enabled }),
					}),
				);
			}
			if (pathname.startsWith("/api/")) methods.push(request.method);
			return genesys.fetch(request);
		}
		const current = () => genesys.world.emergencyGroups()[0];
		const token = async (): Promise<string> => {
			const headers = {
				authorization: `Basic ${btoa(`${other.clientId}:${other.clientSecret}`)}`,
				"content-type": "application/x-www-form-urlencoded",
			};
			const answer = await genesys.fetch("https://login.mypurecloud.de/oauth/token", {
				method: "POST",
				headers,
				body: "grant_type=client_credentials",
			});
			return Object(await answer.json()).access_token;
		};
		return { acts: actsAs(client, "remediator"), current, methods };
	}

	test("is switched on under its version, keeps its name, and is switched off again", async () => {
		const { acts, current } = organization();
		expect(await acts.inspect(order(group))).toBe("off");
		expect(await acts.act(order(group, { before: "off" }))).toEqual({ receipt: "version 2" });
		expect(current()).toEqual({ id: groupId, name: "Carrier outage", enabled: true, version: 2 });
		expect(await acts.inspect(order(group))).toBe("in-effect");
		expect(await acts.undo(order(group, { before: "off" }))).toBe("undone");
		expect(current()).toMatchObject({ enabled: false, version: 3 });
	});

	test("that is as it should be is not written again", async () => {
		const { acts, methods } = organization({ enabled: true });
		await acts.act(order(group, { before: "off" }));
		expect(methods).toEqual(["GET"]);
	});

	test("that somebody had switched on before us is left to them", async () => {
		const { acts, methods, current } = organization({ enabled: true });
		expect(await acts.undo(order(group, { before: "in-effect" }))).toBe("nothing-to-undo");
		expect(methods).toEqual([]);
		expect(current()).toMatchObject({ enabled: true, version: 1 });
	});

	test("that somebody saves in between is read again", async () => {
		const { acts, methods, current } = organization({ races: 1 });
		await acts.act(order(group, { before: "off" }));
		expect(methods).toEqual(["GET", "PUT", "GET", "PUT"]);
		expect(current()).toMatchObject({ enabled: true, version: 3 });
	});

	test("that changes faster than we can read is given up after three times", async () => {
		const { acts, methods } = organization({ races: 9 });
		await expect(acts.act(order(group, { before: "off" }))).rejects.toMatchObject({ reason: "rejected", retry: false });
		expect(methods).toHaveLength(6);
	});

	test.each([
		{ lacks: "view", has: ["routing:emergencyGroup:edit"], call: "inspect" as const },
		{ lacks: "edit", has: ["routing:emergencyGroup:view"], call: "act" as const },
	])("without the permission to $lacks is forbidden", async ({ has, call }) => {
		const { acts } = organization({ permissions: has });
		await expect(acts[call](order(group))).rejects.toMatchObject({ reason: "forbidden" });
	});

	test("that does not exist is not found", async () => {
		const { acts } = organization();
		await expect(acts.inspect(order({ kind: "emergency-group", groupId: "00000000-0000-4000-a000-000000000000" }))).rejects.toMatchObject({
			reason: "not-found",
		});
	});
});

describe("the customer's endpoint", () => {
	const now = () => start;
	const endpoint = (secret: string, answer?: (request: Request) => Promise<Response>) => {
		const done: string[] = [];
		const customer = createCustomer({ now, urls: [webhook.url], secret: "shared", done: ({ action }) => void done.push(action) });
		const wires = network([{ host: "failover.customer.example", fetch: answer ?? customer.fetch }]);
		return { acts: actsWith({ post: signedPost({ fetch: wires, clock: { now }, secrets: async () => [secret] }) }), customer, done };
	};

	test("is told to do and to undo, signed, each with a delivery of its own, and does a repeat once", async () => {
		const { acts, customer, done } = endpoint("shared");
		await acts.act(order(webhook));
		await acts.act(order(webhook));
		expect(await acts.undo(order(webhook))).toBe("undone");
		expect(customer.calls.map(({ action, delivery }) => `${action} ${delivery}`)).toEqual([
			"do inc:1:dev:trunk-down:base-1:1:do",
			"undo inc:1:dev:trunk-down:base-1:1:undo",
		]);
		expect(done).toEqual(["do", "undo"]);
	});

	test("believes no other secret, and no secret stands in the error", async () => {
		const { acts, customer } = endpoint("another-secret");
		const error = await acts.act(order(webhook)).catch((failure: unknown) => failure);
		expect(error).toMatchObject({ reason: "unauthorized" });
		expect(String(error)).not.toContain("another-secret");
		expect(customer.calls).toEqual([]);
	});

	test.each([
		{ name: "204 without a body", answer: async () => new Response(null, { status: 204 }), reason: undefined },
		{ name: "200 with text", answer: async () => new Response("thanks"), reason: undefined },
		{ name: "503", answer: async () => new Response("", { status: 503 }), reason: "unavailable" },
		{
			name: "a redirect",
			answer: async () => new Response(null, { status: 302, headers: { location: "https://x.test" } }),
			reason: "rejected",
		},
	])("$name is $reason", async ({ answer, reason }) => {
		const { acts } = endpoint("shared", answer);
		const failed = await acts.act(order(webhook)).then(
			() => undefined,
			(error: unknown) => Object(error).reason,
		);
		expect(failed).toBe(reason);
	});

	test("is not called without a secret to sign with", async () => {
		await expect(endpoint("").acts.act(order(webhook))).rejects.toMatchObject({ reason: "misconfigured" });
	});
});

describe("an Automation document", () => {
	const fake = (status = "InProgress") => {
		const started: { readonly document: string; readonly token: string; readonly parameters: unknown }[] = [];
		const startDocument = async (document: string, parameters: unknown, key: string) => {
			started.push({ document, token: tokenOf(key), parameters });
			return `execution-${started.length}`;
		};
		return { acts: actsWith({ startDocument, documentStatus: async () => status }), started };
	};

	test("is started with its parameters, and undone by its other document, each under a token of its own", async () => {
		const { acts, started } = fake();
		expect(await acts.act(order(ssm))).toEqual({ receipt: "execution-1" });
		await acts.act(order(ssm));
		expect(await acts.undo(order(ssm))).toBe("undone");
		const [first, again, undo] = started;
		expect(first).toEqual({
			document: "Restart",
			token: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/),
			parameters: { Site: ["fra"] },
		});
		expect(again?.token).toBe(first?.token);
		expect(undo).toMatchObject({ document: "Restore" });
		expect(undo?.token).not.toBe(first?.token);
	});

	test("without another document cannot be undone, and says so", async () => {
		const { acts, started } = fake();
		expect(await acts.undo(order({ kind: "ssm", document: "Restart" }))).toBe("no-undo-document");
		expect(started).toEqual([]);
	});

	test.each([
		["Pending", "running"],
		["InProgress", "running"],
		["Success", "done"],
		["Failed", "failed"],
		["TimedOut", "failed"],
		["Cancelled", "failed"],
	])("that is %s is %s", async (status, progress) => {
		expect(await fake(status).acts.progress(order(ssm, { receipt: "execution-1" }))).toBe(progress);
	});
});

describe("the remediator, asked by another function", () => {
	test("is told who asks, and an answer outside of its contract is none", async () => {
		const payloads: unknown[] = [];
		const invoke = async (_name: string, payload: unknown) => {
			payloads.push(payload);
			return payloads.length === 1 ? { verdict: "waiting", reason: "no-reading-since" } : { verdict: "perhaps" };
		};
		const remedies = remediator(invoke, () => "runbooks-dev-remediator");
		const request = { by: "overseer", launchId: "", incidentKey: "inc:1:dev:trunk-down:a", occurrence: 1 } as const;
		expect(await remedies.check(request)).toEqual({ verdict: "waiting", reason: "no-reading-since" });
		await expect(remedies.check(request)).rejects.toMatchObject({ reason: "malformed" });
		expect(payloads[0]).toEqual({
			operation: "check",
			by: "overseer",
			input: { launchId: "", incidentKey: "inc:1:dev:trunk-down:a", occurrence: 1 },
		});
	});
});
