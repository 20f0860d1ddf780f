import { afterEach, expect, test } from "vitest";
import { Deployment } from "./deployment.ts";

let open: Deployment | undefined;
afterEach(() => open?.close());

/** The files of flows as they come: each is broken on the way, as by an editor that saves a text that is no workflow. */
async function brokenOnTheWay(request: Request): Promise<Request | undefined> {
	if (request.method !== "PUT" || !new URL(request.url).pathname.startsWith("/flow-uploads/")) return undefined;
	const text = (await request.text()).replaceAll("dataAction:", "dataActoin:");
	return new Request(request.url, { method: "PUT", headers: request.headers, body: text });
}

test("an up that fails half-way is finished by the next, and makes nothing twice", async () => {
	let refused: string | undefined = "aws:lambda/function:Function";
	const stack = await Deployment.open("dev", {}, (verb, { type }) =>
		verb === "create" && type === refused ? "TooManyRequestsException: Rate exceeded" : undefined,
	);
	open = stack;
	const { outcome, said } = await stack.failing("up");
	expect(said).toContain("TooManyRequestsException: Rate exceeded");
	const first = outcome.done.map(({ name }) => name);
	expect(first.length).toBeGreaterThan(20);
	expect(stack.world.account.held.some(({ type }) => type === refused)).toBe(false);

	refused = undefined;
	const second = await stack.run("up");
	expect(new Set(second.steps.map(({ op }) => op))).toEqual(new Set(["create"]));
	expect(second.steps.filter(({ name }) => first.includes(name))).toEqual([]);
	expect((await stack.run("preview")).changes).toEqual([]);
	await stack.run("destroy");
	expect(stack.world.account.held).toEqual([]);
});

test("a workflow that cannot be published leaves the old one in service, and the next up repairs it", async () => {
	const stack = await Deployment.open("dev");
	open = stack;
	await stack.run("up");
	const published = stack.world.organization.flows();
	const other = { policies: { telephony: { acknowledgeSeconds: 240 } } };

	stack.world.intercept(brokenOnTheWay);
	const { said } = await stack.failing("up", other);
	expect(said).toMatch(/Flow "runbooks-response-telephony-flow"|runbooks-response-telephony-flow/);
	expect(stack.world.organization.flows()).toEqual(published);

	stack.world.intercept(undefined);
	const repaired = await stack.run("up", other);
	expect(repaired.steps.some(({ op, name }) => op === "update" && name === "runbooks-response-telephony-flow")).toBe(true);
	expect(repaired.steps.filter(({ op }) => op !== "update")).toEqual([]);
	const versions = (flows: typeof published) => flows.map(({ id, name }) => ({ id, name }));
	expect(versions(stack.world.organization.flows())).toEqual(versions(published));
	expect(stack.world.organization.flows()).not.toEqual(published);
	expect((await stack.run("preview", other)).changes).toEqual([]);
});
