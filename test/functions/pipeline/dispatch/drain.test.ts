import { describe, expect, test } from "vitest";
import { memoryLedger } from "../../../../functions/edges/memory/ledger.ts";
import { memoryQueue } from "../../../../functions/edges/memory/queue.ts";
import { freeLease } from "../../../../functions/pipeline/ledger/leases.ts";
import { readItem } from "../../../../functions/pipeline/ledger/store.ts";
import { type Leases, leaseSeconds, leasesInUse } from "../../../../functions/pipeline/limits/leases.ts";
import type { Instant } from "../../../../functions/pipeline/model/incident.ts";
import { incidentKey, leasesKey } from "../../../../functions/pipeline/model/keys.ts";
import type { DispatchMessage } from "../../../../functions/pipeline/ports.ts";
import { dispatch } from "../../../../functions/pipeline/run.ts";
import { incident, plainLinks, policy, seconds, settings } from "../fixtures.ts";

const limit = settings.limits.incidentsInResponse;
/** The dispatcher takes ten messages at once. */
const batch = 10;

interface Run {
	readonly incidents: number;
	/** How long each workflow runs; one that dies, each of so many, never gives its lease back. */
	readonly runSeconds: number;
	readonly diesEach?: number;
}

interface Drained {
	readonly mostLeases: number;
	readonly latestFirstWordSeconds: number;
	readonly launched: number;
	readonly tookSeconds: number;
}

/** So many incidents at one moment, against the real dispatcher, ledger rules and queue, second by second until every one of them had its workflow. */
async function drain({ incidents, runSeconds, diesEach = Infinity }: Run): Promise<Drained> {
	let now = seconds(0);
	const clock = { now: () => now };
	const ledger = memoryLedger(clock);
	const queue = memoryQueue(clock);
	const ends: { readonly launchId: string; readonly at: Instant }[] = [];
	const firstWord = new Map<string, Instant>();
	const told = (key: string): void => void (firstWord.has(key) || firstWord.set(key, now));
	let ids = 0;
	const unused = () => Promise.reject(new Error("Expected nothing to be read or resolved"));
	const ports = {
		settings,
		clock,
		ledger,
		queue,
		acknowledgeLinks: plainLinks,
		journal: { log: () => undefined },
		newId: () => {
			ids += 1;
			return `launch-${ids}`;
		},
		workflows: {
			launch: async (_policy: string, inputs: { readonly "Flow.launchId": string; readonly "Flow.incidentKey": string }) => {
				told(inputs["Flow.incidentKey"]);
				const dies = (ends.length + 1) % diesEach === 0;
				ends.push({ launchId: inputs["Flow.launchId"], at: dies ? Infinity : now + runSeconds * 1000 });
				return `execution-${ends.length}`;
			},
			status: unused,
		},
		pagers: () => ({
			send: async ({ dedupKey }: { readonly dedupKey: string }) => {
				told(dedupKey.split(":").slice(0, -2).join(":"));
				return { receipt: "receipt" };
			},
			read: unused,
			resolve: unused,
		}),
	};
	for (let number = 1; number <= incidents; number += 1) {
		const key = incidentKey({ environment: "dev", condition: "trunk-down", entityId: `base-${number}` });
		await ledger.write(key, incident({ key, entityId: `base-${number}` }), 0, { dueAt: now });
		await queue.send({ incidentKey: key, occurrence: 1 }, 0);
	}
	let mostLeases = 0;
	while (ends.length < incidents || ends.some(({ at }) => at !== Infinity && at > now)) {
		for (const { launchId } of ends.filter(({ at }) => at === now)) await freeLease(ports, launchId);
		for (let taken = queue.receive(batch); taken.length > 0; taken = queue.receive(batch)) {
			for (const { body, receiptHandle } of taken) {
				await dispatch(ports, JSON.parse(body) as DispatchMessage);
				queue.delete(receiptHandle);
			}
		}
		mostLeases = Math.max(mostLeases, leasesInUse(await readItem<Leases>(ledger, leasesKey("dev")), now));
		now += 1000;
	}
	const latest = Math.max(...firstWord.values());
	return {
		mostLeases,
		latestFirstWordSeconds: (latest - seconds(0)) / 1000,
		launched: ends.length,
		tookSeconds: (now - seconds(0)) / 1000,
	};
}

describe("many incidents at one moment", () => {
	test.each([
		{ incidents: 50, runSeconds: 300 },
		{ incidents: 500, runSeconds: 300 },
		{ incidents: 500, runSeconds: 90 },
	])(
		"$incidents, whose workflows run $runSeconds s: first words at once, no more leases than there are, drained in 1.05 of the least",
		async (run) => {
			const { mostLeases, latestFirstWordSeconds, launched, tookSeconds } = await drain(run);
			expect(mostLeases).toBe(limit);
			expect(latestFirstWordSeconds).toBeLessThanOrEqual(60);
			expect(launched).toBe(run.incidents);
			expect(tookSeconds / (Math.ceil(run.incidents / limit) * run.runSeconds)).toBeLessThanOrEqual(1.05);
		},
	);

	test("workflows that die hold their lease until it ends by itself, and no longer", async () => {
		const run = { incidents: 50, runSeconds: 300, diesEach: 5 };
		const { mostLeases, launched, tookSeconds } = await drain(run);
		expect([mostLeases, launched]).toEqual([limit, run.incidents]);
		const work = (run.incidents / run.diesEach) * (leaseSeconds(policy) + (run.diesEach - 1) * run.runSeconds);
		// The last workflow may begin when all but its own lease are idle.
		expect(tookSeconds).toBeLessThanOrEqual((work / limit) * 1.05 + leaseSeconds(policy));
	});
});
