import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { faultRows, tableBegin, tabledKinds, tableEnd, tableText, withTables } from "../../../rehearsal/vendorTable/table.ts";
import { canPage } from "../../../vendors/actions.ts";
import { channelKinds } from "../../../vendors/kinds.ts";

const document = readFileSync(new URL("../../../docs/vendors.md", import.meta.url), "utf8");

describe("docs/vendors.md", () => {
	test("has a table of every vendor, between its markers", () => {
		expect(tabledKinds.toSorted()).toEqual(channelKinds);
		expect(withTables("no place", [])).toBeUndefined();
		expect(withTables(`a ${tableBegin} old ${tableEnd} b`, ["new"])).toBe(`a ${tableBegin}\n\nnew\n${tableEnd} b`);
	});

	test.each(tabledKinds)(
		"says what npm run docs:vendors finds of %s: somebody is told by another channel, whatever is wrong",
		async (kind) => {
			const rows = await faultRows(kind);
			expect(document).toContain(tableText(kind, rows));
			for (const { fault, toldBy, afterSeconds = Number.POSITIVE_INFINITY } of rows) {
				expect([fault, toldBy]).toEqual([fault, expect.any(String)]);
				// Three attempts with their waits at most, each with its own time-out, and one proof.
				expect(afterSeconds).toBeLessThanOrEqual(200);
				if (canPage(kind) && fault === "nothing") expect(toldBy).toBe(kind);
			}
		},
	);
});
