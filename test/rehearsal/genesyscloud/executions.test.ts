import { expect, test } from "vitest";
import { VirtualClock } from "../../../rehearsal/world/clock.ts";
import { apiOf, createOrganization, deploy, flowYaml, providerOf, type Settings, start } from "./organization.ts";

interface Run {
	readonly execution: unknown;
	readonly events: readonly unknown[];
	readonly endedAtSeconds: number;
	readonly requests: readonly { url: string; body: string }[];
}

/** Deploys on a virtual clock, launches the workflow and lets it end. */
async function launched(
	vendor: (clock: VirtualClock) => Promise<Response>,
	settings: Settings = {},
	inputData: unknown = { "Flow.summary": 'Trunk "Frankfurt-1" is down' },
): Promise<Run> {
	const clock = new VirtualClock(start);
	const requests: { url: string; body: string }[] = [];
	const outbound: typeof fetch = async (input, init) => {
		requests.push({ url: String(input), body: String(init?.body) });
		return vendor(clock);
	};
	const organization = createOrganization({ outbound, ...settings, clock });
	let execution: unknown;
	clock.at(start, "work", async () => {
		const ids = await deploy(providerOf(organization, { "build/flow.yaml": flowYaml }));
		const api = await apiOf(organization.cloud, organization.deployer);
		const launch = await api("POST", "/flows/executions", { flowId: ids.flow, name: "inc:1", inputData });
		const { id } = launch.body as { id?: string };
		execution = launch.body;
		if (id === undefined) return;
		expect(await api("GET", `/flows/executions/${id}`)).toMatchObject({ status: 200, body: { status: "RUNNING" } });
		await clock.sleep(200_000);
		execution = (await api("GET", `/flows/executions/${id}`)).body;
	});
	await clock.run(start + 3_600_000);
	const ended = organization.events.find((event) => event.kind === "execution-ended");
	return { execution, events: organization.events, endedAtSeconds: ((ended?.at ?? Number.NaN) - start) / 1000, requests };
}

test("a workflow waits on the clock, calls its data action and ends with its exit reason and outputs", async () => {
	const run = await launched(async () => Response.json({ status: "success" }, { status: 202 }));
	expect(run.execution).toMatchObject({
		name: "inc:1",
		status: "COMPLETED",
		completionReason: "paged",
		dateLaunched: "2026-11-24T08:00:00.000Z",
		dateCompleted: "2026-11-24T08:00:30.000Z",
		outputData: { "Flow.outcome": "success", "Flow.httpStatus": null },
	});
	expect(run.requests).toEqual([
		{
			url: "https://events.pagerduty.com/v2/enqueue",
			body: '{"routing_key":"planted-routing-key","dedup_key":"inc:1:test:trunk-down:1","summary":"Trunk \\"Frankfurt-1\\" is down"}',
		},
	]);
	expect(run.events).toMatchObject([
		{ kind: "execution-started", flowName: "runbooks-test Response", inputs: { "Flow.summary": 'Trunk "Frankfurt-1" is down' } },
		{ kind: "data-action", action: "Trigger 01234567", result: "success", detail: '{"status":"success"}' },
		{ kind: "execution-ended", outcome: "completed", exitReason: "paged" },
	]);
	expect(JSON.stringify(run.events)).not.toContain("planted-routing-key");
});

test("a refused call takes the failure path with the vendor's failure outputs", async () => {
	const run = await launched(async () => Response.json({ status: "invalid event" }, { status: 400 }));
	expect(run.execution).toMatchObject({
		completionReason: "failed",
		outputData: { "Flow.outcome": "bad.request", "Flow.httpStatus": 400 },
	});
});

test("an answer that is not JSON takes the failure path", async () => {
	const run = await launched(async () => new Response("ok", { status: 200 }));
	expect(run.execution).toMatchObject({ completionReason: "failed" });
	expect(run.events).toContainEqual(
		expect.objectContaining({ result: "failure", detail: "bad.request 200 ACTION.RESPONSE: the target's answer is not JSON" }),
	);
});

test("a vendor that does not answer takes the timeout path after the action's own timeout", async () => {
	const run = await launched(async (clock) => {
		await clock.sleep(3_000_000);
		return Response.json({});
	});
	expect(run.execution).toMatchObject({ completionReason: "timeout", outputData: { "Flow.outcome": null } });
	expect(run.endedAtSeconds).toBe(40);
});

test("inputs that the workflow does not declare are an answer to the launch", async () => {
	const run = await launched(async () => Response.json({}), {}, { "Flow.summary": 5 });
	expect(run.execution).toMatchObject({ status: 400, code: "bad.request", message: expect.stringContaining("Flow.summary (string)") });
	expect(run.events.filter((event) => (event as { kind: string }).kind === "execution-started")).toEqual([]);
});

test("an execution that the platform ends is an error, one that it forgets runs for ever", async () => {
	for (const [how, status] of [
		["error", "ERROR"],
		["stall", "RUNNING"],
	] as const) {
		const clock = new VirtualClock(start);
		const organization = createOrganization({ clock });
		let seen: unknown;
		clock.at(start, "work", async () => {
			const ids = await deploy(providerOf(organization, { "build/flow.yaml": flowYaml }));
			organization.cloud.world.setFault({ kind: "executions", how });
			const api = await apiOf(organization.cloud, organization.deployer);
			const { body } = await api("POST", "/flows/executions", { flowId: ids.flow, inputData: { "Flow.summary": "x" } });
			await clock.sleep(100_000);
			seen = (await api("GET", `/flows/executions/${(body as { id: string }).id}`)).body;
		});
		await clock.run(start + 200_000);
		expect(seen).toMatchObject({ status });
	}
});
