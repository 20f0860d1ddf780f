import { expect, test } from "vitest";
import { onLambda } from "../../../functions/edges/runtime.ts";

test("a function without settings.json beside it rejects its first event as misconfigured, and was imported without harm", async () => {
	const handler = onLambda(() => async () => "ran", {}, {});
	await expect(handler({})).rejects.toMatchObject({
		name: "EdgeError",
		reason: "misconfigured",
		retry: false,
		message: "settings.json: expected the file in the function's archive, beside index.mjs, got nothing readable",
	});
});
