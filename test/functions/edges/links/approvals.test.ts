import { describe, expect, test } from "vitest";
import { isSealed, readLink, signedApprovals } from "../../../../functions/edges/links/approvals.ts";

const base = "https://hook.test/";
const link = { incidentKey: "inc:1:dev:trunk-down:base-1", occurrence: 1, expires: 1_767_600_300 };
const approvals = (...secrets: readonly string[]) =>
	signedApprovals(
		async () => secrets,
		async () => ["seal"],
		() => base,
	);
const sealed = (read: ReturnType<typeof readLink>, ...seals: readonly string[]) => isSealed(read, async () => seals);

describe("an approval link", () => {
	test("is read back as it was made, below the webhook's address", async () => {
		const url = new URL(await approvals("one").link("text", link));
		expect(url.origin + url.pathname).toBe("https://hook.test/approve");
		expect(readLink(url.searchParams)).toEqual({
			...link,
			signature: expect.stringMatching(/^[0-9a-f]{64}$/),
			seal: expect.stringMatching(/^[A-Za-z0-9_-]{22}$/),
		});
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
		const unsealed = signedApprovals(
			async () => ["one"],
			async () => [""],
			() => base,
		);
		await expect(unsealed.link("text", link)).rejects.toMatchObject({ reason: "misconfigured" });
	});

	test("is told from others by its seal alone, also by the one before during a rotation", async () => {
		const made = readLink(new URL(await approvals("one").link("text", link)).searchParams);
		expect(await sealed(made, "seal")).toBe(true);
		expect(await sealed(made, "new", "seal")).toBe(true);
		expect(await sealed(made, "new")).toBe(false);
		expect(await sealed(made)).toBe(false);
		expect(await sealed({ ...made, seal: "A".repeat(22) }, "seal")).toBe(false);
		expect(await sealed({ ...made, seal: "A".repeat(22) }, "")).toBe(false);
	});

	test.each([
		{ incidentKey: "inc:1:dev:trunk-down:base-2" },
		{ occurrence: 2 },
		{ expires: link.expires + 1 },
		{ signature: "0".repeat(64) },
	])("is no link of ours any more where %o of it was changed", async (change) => {
		const made = readLink(new URL(await approvals("one").link("text", link)).searchParams);
		expect(await sealed({ ...made, ...change }, "seal")).toBe(false);
	});

	test("costs no secret where it has not the form of one", async () => {
		const made = readLink(new URL(await approvals("one").link("text", link)).searchParams);
		const unread = async (): Promise<never> => Promise.reject(new Error("expected no secret to be read"));
		for (const cut of [{ seal: "" }, { signature: "0f" }, { incidentKey: "" }, { occurrence: 0 }, { expires: 0 }])
			expect(await isSealed({ ...made, ...cut }, unread)).toBe(false);
	});

	test.each(["", "incident=&occurrence=-1&expires=1e9&signature=", `expires=${"9".repeat(40)}`, `incident=${"x".repeat(5000)}`])(
		"reads what is no link as one that no signature fits: %s",
		async (query) => {
			const read = readLink(new URLSearchParams(query));
			expect(read.occurrence).toBe(0);
			expect(read.incidentKey.length).toBeLessThanOrEqual(100);
			expect(Number.isSafeInteger(read.expires)).toBe(true);
			expect(await sealed(read, "seal")).toBe(false);
		},
	);
});
