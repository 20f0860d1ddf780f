import { expect, test } from "vitest";
import { memoryLedger } from "../../../../functions/edges/memory/ledger.ts";
import type { Incident } from "../../../../functions/pipeline/model/incident.ts";
import { EdgeError, type PageOrder, type PageReading, type Pager } from "../../../../functions/pipeline/ports.ts";
import { oversee } from "../../../../functions/pipeline/run.ts";
import { endless, incident, noRemedies, plainLinks, seconds, settings, validCredentials } from "../fixtures.ts";

const key = incident().key;

interface Vendor {
	/** Throws where the vendor refuses. */
	readonly send: (order: PageOrder, at: number) => void;
	readonly read: (order: PageOrder, at: number) => PageReading["state"];
}

/** What was sent at which second, when the overseer carries out the policy from the first second and ticks until `end`. */
async function sentUntil(end: number, { send, read }: Vendor): Promise<{ readonly sent: readonly string[]; readonly item: Incident }> {
	let at = 0;
	const clock = { now: () => seconds(at) };
	const ledger = memoryLedger(clock);
	await ledger.write(key, incident({ takenOver: { at: seconds(0), reason: "not-launched" } }), 0, { dueAt: seconds(0) });
	const sent: string[] = [];
	const pager: Pager = {
		send: async (order) => {
			sent.push(`${at} ${order.channel.name} of tier ${order.details.tier}`);
			send(order, at);
			return { receipt: order.dedupKey };
		},
		read: async (order) => {
			const state = read(order, at);
			return state === "absent" ? { state } : { state, receipt: order.dedupKey };
		},
		resolve: async (order) => ({ receipt: order.dedupKey }),
	};
	const quiet = { ...settings, limits: { ...settings.limits, detectorSilentSeconds: 1_000_000 } };
	const workflows = { launch: async () => "execution-1", status: async () => ({ status: "unknown" as const }) };
	const ports = {
		settings: quiet,
		clock,
		deadline: endless,
		ledger,
		journal: { log: () => undefined },
		queue: { send: async () => undefined },
		workflows,
		remedies: noRemedies,
		credentials: validCredentials,
		acknowledgeLinks: plainLinks,
		pagers: () => pager,
	};
	for (; at <= end; at += 60) await oversee(ports);
	return { sent, item: (await ledger.read(key))?.value as Incident };
}

const isPagerDuty = ({ channel }: PageOrder): boolean => channel.kind === "pagerduty";

test("a page that the vendor takes and loses, however often it is sent again, does not hold up its fallback nor the next tier", async () => {
	const { sent } = await sentUntil(120, { send: () => undefined, read: (order) => (isPagerDuty(order) ? "absent" : "pending") });
	expect(sent).toEqual([
		"0 pagerduty of tier 1",
		"60 pagerduty of tier 1",
		"60 sms of tier 1",
		"120 pagerduty of tier 1",
		"120 pagerduty of tier 2",
	]);
});

test("a given-up page that is taken when it is sent again does not hold up the attempts of its fallback", async () => {
	const { sent } = await sentUntil(300, {
		send: (order, at) => {
			if (at < 180 || !isPagerDuty(order)) throw new EdgeError("rejected", "refused", { retry: true });
		},
		read: () => "absent",
	});
	expect(sent.filter((line) => line.includes("sms"))).toEqual([
		"120 sms of tier 1",
		"180 sms of tier 1",
		"240 sms of tier 1",
		"300 sms of tier 1",
	]);
	expect(sent.filter((line) => line.endsWith("pagerduty of tier 2"))[0]).toBe("240 pagerduty of tier 2");
});

test("a page that is taken when it is sent again is proven at the next tick, and its tier is then waited for", async () => {
	const { sent, item } = await sentUntil(300, {
		send: (order, at) => {
			if (at < 180 || !isPagerDuty(order)) throw new EdgeError("rejected", "refused", { retry: true });
		},
		read: (order) => (isPagerDuty(order) ? "delivered" : "absent"),
	});
	expect(item.pages.map(({ channel, tier, state, provenAt }) => ({ channel, tier, state, provenAt }))).toEqual([
		{ channel: "pagerduty", tier: 1, state: "proven", provenAt: seconds(240) },
		{ channel: "sms", tier: 1, state: "failed", provenAt: undefined },
	]);
	expect(sent.filter((line) => line.endsWith("tier 2"))).toEqual([]);
});
