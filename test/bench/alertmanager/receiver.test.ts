import { afterEach, beforeEach, expect, test } from "vitest";
import { VirtualClock } from "../../../rehearsal/world/clock.ts";
import { type Receiver, serveReceiver } from "./receiver.ts";

let clock: VirtualClock;
let receiver: Receiver;

beforeEach(async () => {
	clock = new VirtualClock(0);
	receiver = await serveReceiver(clock);
});

afterEach(() => receiver.close());

const post = (url: string, body: object): Promise<Response> => fetch(url, { method: "POST", body: JSON.stringify(body) });

function send(): Promise<readonly (number | "broken")[]> {
	const event = {
		routing_key: receiver.routingKey,
		event_action: "trigger",
		dedup_key: "one",
		payload: { summary: "Trunk-01", source: "Alertmanager", severity: "error" },
	};
	const hook = { status: "firing", alerts: [{ labels: { entity: "Trunk-01" } }] };
	const sent = [post(receiver.pagerdutyUrl, event), post(receiver.webhookUrl, hook)];
	return Promise.all(
		sent.map((each) =>
			each.then(
				({ status }) => status,
				() => "broken" as const,
			),
		),
	);
}

async function logged(): Promise<readonly (readonly [string, string | undefined])[]> {
	await clock.run(clock.now() + 60_000);
	return receiver.notices().map(({ channel, failure }) => [channel, failure]);
}

const both = [
	["pagerduty", "Trunk-01"],
	["webhook", "Trunk-01"],
];

test("what is taken is told", async () => {
	expect(await send()).toEqual([202, 200]);
	expect(await logged()).toEqual(both);
});

test("PagerDuty pages once for one key, a webhook each time", async () => {
	await send();
	await logged();
	await send();
	expect(await logged()).toEqual([...both, ["webhook", "Trunk-01"]]);
});

test("a resolved alert is no notice", async () => {
	await post(receiver.webhookUrl, { status: "resolved", alerts: [{ labels: { entity: "Trunk-01" } }] });
	expect(await logged()).toEqual([]);
});

test.each([
	{ fault: "unavailable", answers: [503, 503], notices: [] },
	{ fault: "loses", answers: [202, 200], notices: [] },
	{ fault: "drops-answers", answers: ["broken", "broken"], notices: both },
] as const)("while it $fault, and no longer", async ({ fault, answers, notices }) => {
	receiver.setFault(fault);
	expect(await send()).toEqual(answers);
	expect(await logged()).toEqual(notices);
	receiver.setFault(undefined);
	expect(await send()).toEqual([202, 200]);
});

test("while it hangs nothing is answered and nothing told", async () => {
	receiver.setFault("hangs");
	const sent = send();
	await receiver.close();
	expect(await sent).toEqual(["broken", "broken"]);
	expect(await logged()).toEqual([]);
});
