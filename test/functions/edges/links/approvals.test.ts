import type { LambdaFunctionURLEvent } from "aws-lambda";
import { describe, expect, test } from "vitest";
import { answerApprovalPage, isApproval } from "../../../../functions/edges/links/approvalPage.ts";
import { readLink, signedApprovals } from "../../../../functions/edges/links/approvals.ts";
import type { ApprovalLink, Remedies } from "../../../../functions/pipeline/ports.ts";
import { noRemedies, remediating, settings } from "../../pipeline/fixtures.ts";

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
		},
	);
});

function event(method: string, rawPath = "/approve"): LambdaFunctionURLEvent {
	const http = { method, path: rawPath, protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "" };
	const requestContext = {
		accountId: "anonymous",
		apiId: "a",
		domainName: "hook.test",
		domainPrefix: "a",
		http,
		requestId: "1",
		routeKey: "$default",
		stage: "$default",
		time: "",
		timeEpoch: 0,
	};
	return {
		version: "2.0",
		routeKey: "$default",
		rawPath,
		rawQueryString: "incident=a&occurrence=1&expires=2&signature=3",
		headers: {},
		requestContext,
		isBase64Encoded: false,
	};
}

/** A remediator that answers this to every link; `asked` holds each link and whether its button was pressed. */
function answering(outcome: string, detail = "") {
	const asked: (ApprovalLink & { readonly press: boolean })[] = [];
	const remedies: Remedies = {
		...noRemedies,
		approve: async (offered, press) => {
			asked.push({ ...offered, press });
			return { outcome, detail };
		},
	};
	return { remedies, asked };
}

describe("the page behind a link", () => {
	test("shows what would be done, and a button: opening it presses nothing", async () => {
		const { remedies, asked } = answering("approved", "emergency-group:1 for Frankfurt-1");
		expect(await answerApprovalPage(remedies, event("GET"))).toMatchObject({
			statusCode: 200,
			body: expect.stringMatching(/Begin emergency-group:1 for Frankfurt-1\?.*<form method="post">/),
		});
		expect(asked).toEqual([{ incidentKey: "a", occurrence: 1, expires: 2, signature: "3", press: false }]);
	});

	test("begins it on its button", async () => {
		const { remedies, asked } = answering("approved", "x");
		expect(await answerApprovalPage(remedies, event("POST"))).toMatchObject({
			statusCode: 200,
			body: expect.not.stringContaining("<form"),
		});
		expect(asked.map(({ press }) => press)).toEqual([true]);
	});

	test.each([
		["forged", 403],
		["expired", 410],
		["already-used", 409],
		["not-open", 410],
		["cooldown", 409],
		["unreachable", 409],
	])("answers %s with %i and no button", async (outcome, statusCode) => {
		const { remedies } = answering(outcome);
		for (const method of ["GET", "POST"])
			expect(await answerApprovalPage(remedies, event(method))).toMatchObject({ statusCode, body: expect.not.stringContaining("<form") });
	});

	test("takes no other method, keeps no copy, and runs nothing that a name may hold", async () => {
		const { remedies, asked } = answering("approved", `<script>alert("1")</script>`);
		expect(await answerApprovalPage(remedies, event("DELETE"))).toMatchObject({ statusCode: 405 });
		expect(asked).toEqual([]);
		expect(await answerApprovalPage(remedies, event("GET"))).toMatchObject({
			headers: {
				"cache-control": "no-store",
				"referrer-policy": "no-referrer",
				"content-security-policy": expect.stringContaining("default-src 'none'"),
			},
			body: expect.not.stringContaining("<script"),
		});
	});

	test("is there only where a runbook asks for approvals", () => {
		expect(isApproval(remediating({ mode: "approve" }), event("GET"))).toBe(true);
		expect(isApproval(remediating({ mode: "approve" }), event("GET", "/"))).toBe(false);
		expect(isApproval(remediating(), event("GET"))).toBe(false);
		expect(isApproval(settings, event("GET"))).toBe(false);
	});
});
