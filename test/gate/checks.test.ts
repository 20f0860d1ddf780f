import { expect, it } from "vitest";
import { type Check, logged } from "./checks.ts";

const check: Check = { name: "lint", passed: true, seconds: 2.4, output: "Checked 581 files.\n" };

it("a check that passed is one line", () => {
	expect(logged(check)).toBe("==> lint: passed in 2 s");
});

it("a check that failed shows what it said", () => {
	expect(logged({ ...check, passed: false, output: "a.ts:1 wrong\n" })).toBe("==> lint: FAILED after 2 s\na.ts:1 wrong");
	expect(logged({ ...check, passed: false, output: "" })).toBe("==> lint: FAILED after 2 s");
});
