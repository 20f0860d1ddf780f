import { expect, test } from "vitest";
import { withCredentials } from "../../../../functions/edges/credentials/documents.ts";
import { EdgeError, type FailureReason } from "../../../../functions/pipeline/ports.ts";

const refuse = (reason: FailureReason) => new EdgeError(reason, "no", { retry: false });

/** Asks with the credentials that are cached and those that were rotated since; the vendor takes the newest only. */
async function ask(cached: string, stored: string, reason: FailureReason = "unauthorized") {
	const used: string[] = [];
	const credentials = async (anew?: boolean) => ({ key: anew ? stored : cached });
	const answer = await withCredentials(credentials, async ({ key }) => {
		used.push(key);
		if (key !== "newest") throw refuse(reason);
		return "taken";
	}).catch((error: unknown) => (error instanceof EdgeError ? error.reason : String(error)));
	return { used, answer };
}

test.each([
	{ name: "good in hand", cached: "newest", stored: "newest", used: ["newest"], answer: "taken" },
	{ name: "rotated since", cached: "old", stored: "newest", used: ["old", "newest"], answer: "taken" },
	{ name: "bad, and the same still: not sent twice", cached: "old", stored: "old", used: ["old"], answer: "unauthorized" },
	{ name: "rotated, and bad too", cached: "old", stored: "older", used: ["old", "older"], answer: "unauthorized" },
])("credentials that are $name", async ({ cached, stored, used, answer }) => {
	expect(await ask(cached, stored)).toEqual({ used, answer });
});

test("any other refusal says nothing of the credentials", async () => {
	expect(await ask("old", "newest", "unavailable")).toEqual({ used: ["old"], answer: "unavailable" });
});
