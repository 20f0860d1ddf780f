import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { newsOf } from "../../../functions/edges/vendors/inboundNews.ts";
import { verifySender } from "../../../functions/edges/webhook/vendorSignatures.ts";
import { pagerduty } from "../../../rehearsal/vendors/pagerduty.ts";
import { VirtualClock } from "../../../rehearsal/world/clock.ts";
import { pagerdutyInbound } from "../../../vendors/inbound/pagerduty.ts";

const start = Date.UTC(2026, 10, 24, 10);

interface Taken {
	readonly at: number;
	readonly url: string;
	readonly type: string;
	readonly body: string;
	readonly signature: string;
}

/** A service whose subscription leads to somebody who answers with these statuses, the last one again and again; 0: never. */
function account(...statuses: readonly number[]) {
	const clock = new VirtualClock(start);
	const opened = pagerduty.open({
		clock,
		account: { region: "us" },
		channels: [
			{ service: "primary", serviceId: "PPRIMARY" },
			{ service: "secondary", serviceId: "PSECOND" },
		],
	});
	const taken: Taken[] = [];
	opened.subscribe({
		urlOf: (place) => `https://hook.example/vendors/pagerduty/${place}`,
		deliver: async (request) => {
			const body = await request.text();
			const { event_type: type } = JSON.parse(body).event;
			const signature = request.headers.get("x-pagerduty-signature") ?? "";
			taken.push({ at: (clock.now() - start) / 1000, url: request.url, type, body, signature });
			const status = statuses[Math.min(taken.length, statuses.length) - 1] ?? 200;
			return status === 0 ? new Promise(() => {}) : new Response(null, { status });
		},
	});
	const trigger = async (dedup_key = "k") => {
		const routing_key = opened.secrets["pagerduty-primary-routingKey"];
		const body = JSON.stringify({
			routing_key,
			event_action: "trigger",
			dedup_key,
			payload: { summary: "s", source: "x", severity: "error" },
		});
		await opened.fetch(new Request("https://events.pagerduty.com/v2/enqueue", { method: "POST", body }));
		await later(3);
	};
	const later = (seconds: number) => clock.run(clock.now() + seconds * 1000);
	return { opened, taken, trigger, later, types: () => taken.map(({ type }) => type.replace("incident.", "")) };
}

describe("PagerDuty tells", () => {
	test("what happens to an incident, in order, to the address of its service", async () => {
		const { opened, trigger, later, taken, types } = account(200);
		await trigger();
		opened.acknowledge("primary", "Ada");
		opened.unacknowledge("primary", "Ada");
		opened.act("resolve", "primary", "Ada");
		await later(1);
		expect(types()).toEqual(["triggered", "acknowledged", "unacknowledged", "resolved"]);
		expect(new Set(taken.map(({ url }) => url))).toEqual(new Set(["https://hook.example/vendors/pagerduty/primary"]));
	});

	test("signed with its service's secret, as our description verifies and understands it", async () => {
		const { opened, trigger, later, taken } = account(200);
		await trigger();
		opened.acknowledge("primary", "Ada");
		await later(1);
		const [, { body, signature } = { body: "", signature: "" }] = taken;
		const secretOf = (place: string) => opened.webhookSecrets[`pagerduty-${place}-webhookSecret`] ?? "";
		expect(signature).toBe(`v1=${createHmac("sha256", secretOf("primary")).update(body).digest("hex")}`);
		const sent = { header: () => signature, body: Buffer.from(body), host: "hook.example", target: "/" };
		expect(verifySender(pagerdutyInbound.sender, sent, [secretOf("primary")], start)).toBe("valid");
		expect(verifySender(pagerdutyInbound.sender, sent, [secretOf("secondary")], start)).toBe("mismatch");
		expect(newsOf({ kind: "pagerduty", credential: "pagerduty-primary", inbound: pagerdutyInbound }, body, "")).toMatchObject({
			receipt: "Q0000000000001",
			event: "acknowledged",
			by: "Ada",
			occurredAt: start + 3000,
			place: { serviceId: "PPRIMARY" },
		});
	});

	test("again what was answered 5xx, 429 or not at all within five seconds, and nothing of the incident before that", async () => {
		const { opened, trigger, later, taken, types } = account(500, 429, 0, 200);
		await trigger();
		opened.acknowledge("primary", "Ada");
		await later(120);
		expect(types()).toEqual(["triggered", "triggered", "triggered", "triggered", "acknowledged"]);
		expect(taken.map(({ at }) => at)).toEqual([2, 12, 32, 77, 77]);
	});

	test("not again what was refused; three in a row end the subscription for a day", async () => {
		const { trigger, later, types } = account(401);
		for (const key of ["one", "two", "three", "four"]) await trigger(key);
		expect(types()).toHaveLength(3);
		await later(86_400);
		await trigger("five");
		expect(types()).toHaveLength(4);
	});

	test("for two days at most", async () => {
		const { trigger, later, taken } = account(503);
		await trigger();
		await later(5 * 86_400);
		expect(taken.at(-1)?.at).toBeGreaterThan(47 * 3600);
		expect(taken.at(-1)?.at).toBeLessThan(48.5 * 3600);
	});
});

describe("somebody who is not PagerDuty", () => {
	test("signs with another secret, or repeats what was sent", async () => {
		const { opened, trigger, later, taken } = account(200);
		expect(await opened.intrude("replayed", "primary", "Mallory")).toBeUndefined();
		expect(await opened.intrude("forged", "primary", "Mallory")).toBeUndefined();
		await trigger();
		opened.acknowledge("primary", "Ada");
		await later(1);
		await opened.intrude("replayed", "primary", "Mallory");
		await opened.intrude("forged", "primary", "Mallory");
		const [, genuine, replayed, forged] = taken;
		expect([replayed?.body, replayed?.signature]).toEqual([genuine?.body, genuine?.signature]);
		expect(JSON.parse(forged?.body ?? "")).toMatchObject({ event: { event_type: "incident.acknowledged", agent: { summary: "Mallory" } } });
		expect(forged?.signature).not.toBe(
			`v1=${createHmac("sha256", opened.webhookSecrets["pagerduty-primary-webhookSecret"] ?? "")
				.update(forged?.body ?? "")
				.digest("hex")}`,
		);
	});
});
