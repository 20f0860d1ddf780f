import { expect } from "vitest";
import type { Incident } from "../../../../functions/pipeline/model/incident.ts";
import type { OverseePorts } from "../../../../functions/pipeline/oversee/flow.ts";
import { proveAll } from "../../../../functions/pipeline/page/prove.ts";
import { incident, seconds } from "../fixtures.ts";
import { type Answers, world } from "../world.ts";

export const key = incident().key;
export const it = { incident: key, occurrence: 1, channel: "pagerduty", tier: 1 };
export const accepted = { state: "accepted", acceptedAt: seconds(0), acceptances: 1, receipt: "r" } as const;
export const proven = { ...accepted, state: "proven", provenAt: seconds(5) } as const;
export const sms = { channel: "sms", kind: "sms" } as const;
export const recovery = { purpose: "recovery", by: "overseer" } as const;
export const mirror = { purpose: "acknowledgement", by: "overseer" } as const;
export const ada = { at: seconds(1), by: "Ada", tier: 2, channel: "pagerduty" };
export const over = { state: "recovered", recoveredAt: seconds(0) } as const;

/** Reads back what is worth it at that second, with the vendors' answers. */
export async function proveAt(
	second: number,
	item: Incident,
	answers: Answers,
	prove: (ports: OverseePorts, item: Incident) => Promise<Incident> = async (ports, open) => (await proveAll(ports, open)).incident,
) {
	const made = await world({ answers: { "1 pagerduty": answers, "1 sms": answers } });
	await made.open(item);
	made.at(second);
	let returned: Incident | undefined;
	const seen = await made.see(async () => {
		returned = await prove(made.ports, item);
	});
	expect(returned).toEqual(seen.items[0]);
	return { ...seen, pages: seen.items[0]?.pages ?? [], item: seen.items[0] };
}
