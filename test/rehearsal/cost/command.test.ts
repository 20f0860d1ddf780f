import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));

function cost(...args: readonly string[]) {
	const command = ["--import", "./assert-node.mjs", "rehearsal/cost.ts", ...args];
	const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: root, encoding: "utf8" });
	return { status, out: stdout, err: stderr };
}

test("prints every line, price and assumption as JSON", () => {
	const { status, out } = cost("--json", "--trunks", "2", "--incidents", "5", "--pages", "1", "--region", "us-east-1");
	const { lines, prices, assumptions, idleUsd, busyUsd, ...asked } = JSON.parse(out);
	expect(status).toBe(0);
	expect(asked).toMatchObject({ stack: "prod", trunks: 2, incidents: 5, pages: 1, region: "us-east-1" });
	expect(busyUsd).toBeGreaterThan(idleUsd);
	for (const { price } of lines) expect(prices).toHaveProperty(price);
	expect(assumptions.hoursAMonth).toBe(730);
});

test.each([
	{ name: "a region without prices", args: ["--region", "mars-1"], says: 'us-east-1 or eu-central-1, got "mars-1"; --price-factor' },
	{ name: "no stack", args: ["--stack", "moon"], says: 'Expected a stack, got "moon"' },
	{ name: "a factor of nothing", args: ["--price-factor", "0"], says: "Expected a number from 0.1 to 10" },
	{ name: "too many trunks", args: ["--trunks", "5001"], says: "Expected a whole number from 2 to 5000" },
	{ name: "half an incident", args: ["--incidents", "0.5"], says: "Expected a whole number from 0 to 100000" },
])("is wrong input: $name", ({ args, says }) => {
	const { status, out, err } = cost(...args);
	expect({ status, out }).toEqual({ status: 2, out: "" });
	expect(err.replaceAll(/\s+/g, " ")).toContain(says);
});
