import { describe, expect, test } from "vitest";
import { isWhole, readLink, signedApprovals } from "../../../../functions/edges/links/approvals.ts";

const base = "https://hook.test/";
const link = { incidentKey: "inc:1:dev:trunk-down:base-1", occurrence: 1, expires: 1_767_600_300 };
const approvals = (...secrets: readonly string[]) =>
	signedApprovals(
		async () => secrets,
		() => base,
	);

describe("an approval link", () => {
	test("is read back as it was made, below the webhook's address", async () => {
		const url = new URL(await approvals("one").link("text", link));
		expect(url.origin + url.pathname).toBe("https://hook.test/approve");
		expect(isWhole(readLink(url.searchParams))).toBe(true);
		expect(readLink(url.searchParams)).toEqual({ ...link, signature: expect.stringMatching(/^[0-9a-f]{64}$/) });
		// A text message makes it a link only without spaces, quotes or a full stop at its end.
		expect(url.href).toMatch(/^[A-Za-z0-9:/?&=._%-]+[0-9a-f]$/);
	});

	const signature = async (secret: string, text = "text") =>
		readLink(new URL(await approvals(secret).link(text, link)).searchParams).signature;
	test.each([
		{ name: "its own secret", by: "one", valid: ["one"], text: "text", expected: true },
		{ name: "the secret before, during a rotation", by: "old", valid: ["new", "old"], text: "text", expected: true },
		{ name: "a secret that is gone", by: "old", valid: ["new"], text: "text", expected: false },
		{ name: "another text", by: "one", valid: ["one"], text: "another", expected: false },
		{ name: "no secret at all", by: "one", valid: [], text: "text", expected: false },
		{ name: "an empty secret, which anybody could use", by: "one", valid: [""], text: "text", expected: false },
	])("is valid by $name: $expected", async ({ by, valid, text, expected }) => {
		expect(await approvals(...valid).valid(text, await signature(by))).toBe(expected);
	});

	test.each(["", "v1=00", "0".repeat(64), "Z".repeat(64), `${"0".repeat(64)}\n`])("is forged with the signature %j", async (forged) => {
		expect(await approvals("one").valid("text", forged)).toBe(false);
	});

	test("is never signed without a secret", async () => {
		await expect(approvals("").link("text", link)).rejects.toMatchObject({ reason: "misconfigured" });
	});

	test.each(["", "incident=&occurrence=-1&expires=1e9&signature=", `expires=${"9".repeat(40)}`, `incident=${"x".repeat(5000)}`])(
		"reads what is no link as one that no signature fits: %s",
		(query) => {
			const read = readLink(new URLSearchParams(query));
			expect(read.occurrence).toBe(0);
			expect(read.incidentKey.length).toBeLessThanOrEqual(100);
			expect(Number.isSafeInteger(read.expires)).toBe(true);
			expect(isWhole(read)).toBe(false);
		},
	);
});
