import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { inOrder, longest } from "./longestFirst.ts";

it("files that take long come first, the others by path", () => {
	const [first = "", second = ""] = longest;
	expect(inOrder(["test/b.test.ts", second, "test/a.test.ts", first])).toEqual([first, second, "test/a.test.ts", "test/b.test.ts"]);
});

it("every file that is named is there", () => {
	expect(longest.filter((path) => !existsSync(path))).toEqual([]);
});
