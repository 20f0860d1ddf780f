import { expect, test } from "vitest";
import { provingRecord } from "../../../../functions/edges/vendors/reading.ts";
import { pagerduty } from "../../../../vendors/pagerduty.ts";
import { orderOf, placeOf } from "../../../vendors/executors.ts";

const order = orderOf(placeOf("pagerduty").channel);
const { createdAt: _createdAt, changedAt: _changedAt, ...reading } = pagerduty.calls.read.reading;
const timeless = { ...pagerduty.calls.read, reading };
const inputs: Readonly<Record<string, string>> = { dedupKey: order.dedupKey, serviceId: "PRIMARY1" };
const input = (name: string) => inputs[name];
const record = (key: string, id: string) => ({ id, incident_key: key, service: { id: "PRIMARY1" }, status: "triggered" });

test("of a list that does not say when its records were made the first one that matches proves", () => {
	const records = [record("another", "1"), record(order.dedupKey, "2"), record(order.dedupKey, "3")];
	expect(provingRecord(timeless, records, input, order)).toMatchObject({ id: "2" });
	expect(provingRecord(timeless, [record("another", "1")], input, order)).toBeUndefined();
});
