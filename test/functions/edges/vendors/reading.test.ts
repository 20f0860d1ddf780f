import { expect, test } from "vitest";
import { provingRecords } from "../../../../functions/edges/vendors/reading.ts";
import { pagerduty } from "../../../../vendors/pagerduty.ts";
import { orderOf, placeOf } from "../../../vendors/executors.ts";

const order = orderOf(placeOf("pagerduty").channel);
const { createdAt: _createdAt, changedAt: _changedAt, ...reading } = pagerduty.calls.read.reading;
const timeless = { ...pagerduty.calls.read, reading };
const inputs: Readonly<Record<string, string>> = { serviceId: "PRIMARY1" };
const input = (name: string) => inputs[name];
const record = (service: string, id: string) => ({ id, service: { id: service }, status: "triggered" });

test("of a list that does not say when its records were made the first one that matches proves", () => {
	const records = [record("PANOTHER", "1"), record("PRIMARY1", "2"), record("PRIMARY1", "3")];
	expect(provingRecords(timeless, records, input, order)[0]).toMatchObject({ id: "2" });
	expect(provingRecords(timeless, [record("PANOTHER", "1")], input, order)).toEqual([]);
});
