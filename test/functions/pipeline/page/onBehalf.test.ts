import { expect, test } from "vitest";
import type { Page } from "../../../../functions/pipeline/model/incident.ts";
import { answerReadPage, answerSendPage } from "../../../../functions/pipeline/page/onBehalf.ts";
import { asker, incident, page, seconds } from "../fixtures.ts";
import { type Answers, world as createWorld } from "../world.ts";

const place = { ...asker, channel: "pagerduty", tier: 1 };
const launch = { id: asker.launchId, at: seconds(0), executionId: "execution-1", claimedAt: seconds(1), seenAt: seconds(1) };

const start = async (written: Partial<Page> = { state: "sending" }, answers: Answers = {}) => {
	const world = await createWorld({ answers: { "1 pagerduty": answers } });
	await world.open(incident({ tier: 1, launch, pages: [page(written)] }));
	return world;
};

test("what the ledger has written for the workflow is paged, and its receipt is the answer", async () => {
	const world = await start();
	expect(await answerSendPage(world.ports, place)).toEqual({ receipt: "sent-1", reason: "" });
	expect(world.orders).toMatchObject([{ dedupKey: page().dedupKey, channel: { name: "pagerduty" } }]);
});

test("a refusal is an answer: its reason is from the closed set", async () => {
	const world = await start({ state: "sending" }, { send: "unauthorized" });
	const { logged } = await world.see(async () => {
		expect(await answerSendPage(world.ports, place)).toEqual({ receipt: "", reason: "unauthorized" });
	});
	expect(logged).toMatchObject([{ what: "error", outcome: "unauthorized" }]);
});

test.each<{ name: string; written: Partial<Page>; answer: { receipt: string; reason: string } }>([
	{ name: "what was taken is named", written: { state: "accepted", receipt: "r" }, answer: { receipt: "r", reason: "" } },
	{ name: "what failed is why", written: { state: "failed", failure: "rate-limited" }, answer: { receipt: "", reason: "rate-limited" } },
	{ name: "what has no receipt may be there", written: { state: "accepted" }, answer: { receipt: "", reason: "unavailable" } },
])("asked for once more, nobody is paged: $name", async ({ written, answer }) => {
	const world = await start(written);
	const { asked } = await world.see(async () => {
		expect(await answerSendPage(world.ports, place)).toEqual(answer);
	});
	expect(asked).toEqual([]);
});

test.each([
	{ name: "another launch", request: { ...place, launchId: "launch-2" } },
	{ name: "an incident that is not known", request: { ...place, incidentKey: "inc:1:dev:trunk-down:other" } },
	{ name: "a place that was not asked for", request: { ...place, tier: 2 } },
	{ name: "a channel that is none", request: { ...place, channel: "stranger" } },
])("nobody is paged for $name", async ({ request }) => {
	const world = await start();
	const { asked } = await world.see(async () => {
		await expect(answerSendPage(world.ports, request)).rejects.toMatchObject({ reason: "misconfigured", retry: false });
		await expect(answerReadPage(world.ports, { ...request, receipt: "" })).rejects.toMatchObject({ reason: "misconfigured" });
	});
	expect(asked).toEqual([]);
});

test("a page is read back by the receipt of the workflow, or by the ledger's", async () => {
	const world = await start({ state: "accepted", receipt: "written" }, { read: "delivered" });
	expect(await answerReadPage(world.ports, { ...place, receipt: "given" })).toEqual({ state: "delivered" });
	expect(await answerReadPage(world.ports, { ...place, receipt: "" })).toEqual({ state: "delivered" });
	expect(world.orders.map(({ receipt }) => receipt)).toEqual(["given", "written"]);
});

test("a failure that no edge names is thrown on, for the function to fail and be asked again", async () => {
	const world = await start({ state: "accepted" }, { read: new Error("the socket broke") });
	await expect(answerReadPage(world.ports, { ...place, receipt: "" })).rejects.toThrow("the socket broke");
});
