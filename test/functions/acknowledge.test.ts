import type { LambdaFunctionURLEvent } from "aws-lambda";
import { describe, expect, test } from "vitest";
import { readAcknowledgeLink, signedAcknowledgeLinks } from "../../functions/edges/links/acknowledgeLinks.ts";
import { signedApprovals } from "../../functions/edges/links/approvals.ts";
import { normalizerHandler } from "../../functions/normalizer.ts";
import type { Incident } from "../../functions/pipeline/model/incident.ts";
import { EdgeError, type Ledger } from "../../functions/pipeline/ports.ts";
import { incident, page, policy, seconds, settings } from "./pipeline/fixtures.ts";
import { readPage } from "./readPage.ts";
import { setUp } from "./webhookWorld.ts";

const key = incident().key;
const dedupKey = page().dedupKey;
const text = page({ channel: "sms", kind: "sms", state: "proven", provenAt: seconds(10) });
const linked = { ...settings, policies: { default: { ...policy, acknowledgeLinks: true } } };
const links = (...secrets: readonly string[]) =>
	signedAcknowledgeLinks(
		async () => secrets,
		() => "https://hook.test/",
	);
const pathOf = async (secret = "one", of = dedupKey) => new URL(await links(secret).link(of)).pathname;

/** The normalizer over a ledger with this incident, `at` so many seconds after it opened, and a person who follows a link. */
async function given(about: Partial<Incident> | undefined, at = 60, wrap: (ledger: Ledger) => Ledger = (ledger) => ledger) {
	const { ports, logged, advance } = setUp({ settings: linked, acknowledgeLinks: links("one", "old") });
	advance(at);
	if (about !== undefined) await ports.ledger.write(key, incident({ pages: [text], ...about }), 0, { dueAt: seconds(0) });
	const handler = normalizerHandler({ ...ports, ledger: wrap(ports.ledger) });
	const ask = async (method: string, rawPath?: string, body?: string) => {
		const asked = { rawPath: rawPath ?? (await pathOf()), rawQueryString: "", headers: {}, requestContext: { http: { method } } };
		const form = body === undefined ? {} : { body: Buffer.from(body).toString("base64"), isBase64Encoded: true };
		return Object(await handler({ ...asked, ...form } as Partial<LambdaFunctionURLEvent> as LambdaFunctionURLEvent));
	};
	const follow = async (method: string, rawPath?: string) => {
		const { statusCode, body } = await ask(method, rawPath);
		return { status: statusCode, page: body === "" ? undefined : readPage(body) };
	};
	/** Twilio tells of a key; what the person hears. */
	const pressKey = async (form = "CallSid=CA1&Digits=1", rawPath?: string) => {
		const { statusCode, headers, body } = await ask("POST", rawPath, form);
		return {
			status: statusCode,
			type: headers["content-type"],
			said: /^<\?xml .*\?><Response><Say>(.*)<\/Say><\/Response>$/.exec(body)?.[1],
		};
	};
	const item = async () => (await ports.ledger.read(key))?.value as Incident | undefined;
	return { follow, pressKey, item, logged };
}

const answer = { at: seconds(60), by: "tier 1 by link", tier: 1, channel: "sms" };

describe("an acknowledge link", () => {
	test("is short, ends in the reference of its page, and holds nothing that a phone would cut off", async () => {
		const link = await links("one").link(dedupKey);
		expect(link).toMatch(/^https:\/\/hook\.test\/a\/[A-Za-z0-9_-]{22}\/inc:1:dev:trunk-down:base-1:1:1$/);
		expect(readAcknowledgeLink(new URL(link).pathname)).toEqual({ dedupKey, signature: link.split("/")[4] });
		expect(readAcknowledgeLink(new URL(link).pathname.replaceAll(":", "%3A")).dedupKey).toBe(dedupKey);
	});

	test("is signed for this purpose alone: another signature of the same secret over the same key is none of it", async () => {
		const { searchParams } = new URL(
			await signedApprovals(
				async () => ["one"],
				async () => ["one"],
				() => "https://hook.test/",
			).link(dedupKey, { incidentKey: key, occurrence: 1, expires: 1 }),
		);
		const cut = Buffer.from(searchParams.get("signature") ?? "", "hex")
			.subarray(0, 16)
			.toString("base64url");
		expect(cut).toHaveLength(22);
		expect(await links("one").valid(dedupKey, cut)).toBe(false);
	});

	test("is never signed without a secret", async () => {
		await expect(links("").link(dedupKey)).rejects.toMatchObject({ reason: "misconfigured" });
	});

	test.each(["/a/", "/a//", "/a/%", "/a/%zz/x", `/a/${"x".repeat(5000)}`, `/a/${"0".repeat(22)}/${dedupKey}`, "/a/x/y/z"])(
		"is none that a signature fits: %s",
		async (path) => {
			const { dedupKey: read, signature } = readAcknowledgeLink(path);
			expect(await links("one", "").valid(read, signature)).toBe(false);
		},
	);
});

describe("a person who follows a link", () => {
	test("sees what would be acknowledged, since when and by which tier; looking acknowledges nothing", async () => {
		const { follow, item, logged } = await given({});
		expect(await follow("GET")).toEqual({
			status: 200,
			page: {
				heading: "Acknowledge this incident?",
				text: "Nothing happens until you press the button below.",
				what: "SIP trunk Frankfurt-1 is down",
				facts: {
					Since: "2026-01-05 08:00 UTC (1 minute ago)",
					"How bad at 08:00 UTC": "0 of 2 edges carry it",
					"If you acknowledge": "Nobody else is paged for it for 4 hours; if it still fails then, people are paged again.",
					"What it means": expect.stringMatching(/^Calls of the numbers behind this trunk/),
					Reference: "inc:1:dev:trunk-down:base-1, occurrence 1, tier 1",
				},
				terms:
					"This link is good until 2026-01-06 08:00 UTC, 23 hours 59 minutes from now. This page is for whoever was paged in tier 1 (primary).",
				button: "Acknowledge",
			},
		});
		expect(await follow("HEAD")).toEqual({ status: 200, page: undefined });
		expect((await item())?.acknowledged).toBeUndefined();
		expect(logged).toEqual([]);
	});

	test("acknowledges by its button, once: again is the same", async () => {
		const { follow, item, logged } = await given({});
		const { status, page: seen } = await follow("POST");
		expect([status, seen?.heading, seen?.text, seen?.button]).toEqual([
			200,
			"Acknowledged",
			"Nobody else is paged for it while this answer holds.",
			undefined,
		]);
		const itsAnswer = { Acknowledged: "by tier 1 by link at 08:01 UTC (tier 1, sms)" };
		expect(seen?.terms).toBe("This page is for whoever was paged in tier 1 (primary).");
		expect(seen?.facts).toMatchObject({
			...itsAnswer,
			"The answer holds": "until 12:01 UTC; if it still fails then, people are paged again",
		});
		expect((await item())?.acknowledged).toEqual(answer);
		const about = { incident: key, occurrence: 1, channel: "sms", tier: 1 };
		expect(logged).toEqual([{ what: "acknowledged", ...about, outcome: "link", detail: "by tier 1 by link" }]);
		for (const method of ["POST", "GET"])
			expect(await follow(method)).toMatchObject({ status: 200, page: { heading: "Acknowledged already", facts: itsAnswer } });
		expect((await follow("GET")).page?.button).toBeUndefined();
		expect((await item())?.acknowledged).toEqual(answer);
		expect(logged).toHaveLength(1);
	});

	test("leaves the answer of somebody who was faster", async () => {
		const acknowledged = { at: seconds(30), by: "Ada", tier: 2, channel: "pagerduty" };
		const { follow, item, logged } = await given({ acknowledged });
		const facts = { Acknowledged: "by Ada at 08:00 UTC (tier 2, pagerduty)" };
		expect(await follow("POST")).toMatchObject({ status: 200, page: { heading: "Acknowledged already", facts } });
		expect((await item())?.acknowledged).toEqual(acknowledged);
		expect(logged).toEqual([]);
	});

	test.each<{ name: string; about: Partial<Incident> | undefined; at?: number; status: number; says: string; unknown?: true }>([
		{ name: "whose incident is closed", about: { state: "closed", closedAt: seconds(50) }, status: 410, says: "is over" },
		{ name: "whose incident has recovered", about: { state: "recovered" }, status: 410, says: "is over" },
		{ name: "of an occurrence before", about: { occurrence: 2 }, status: 410, says: "is over", unknown: true },
		{ name: "whose incident is forgotten", about: undefined, status: 410, says: "is over", unknown: true },
		{ name: "that is a day old", about: {}, at: 86_400, status: 410, says: "has expired" },
		{ name: "whose page a later round replaced", about: { round: 2, pages: [] }, status: 410, says: "has expired" },
	])("is told so of a link $name", async ({ about, at, status, says, unknown = false }) => {
		const { follow, item, logged } = await given(about, at);
		for (const method of ["GET", "POST"]) {
			const { page: seen, ...rest } = await follow(method);
			expect(rest).toEqual({ status });
			expect(seen?.heading).toContain(says);
			expect([seen?.button, seen?.what === undefined]).toEqual([undefined, unknown]);
		}
		expect((await item())?.acknowledged).toBeUndefined();
		expect(logged).toEqual([]);
	});

	test.each([
		{ name: "another secret", path: () => pathOf("two") },
		{ name: "an empty secret", path: () => pathOf(" ") },
		{ name: "another page's signature", path: async () => (await pathOf("one", `${dedupKey}0`)).slice(0, -1) },
		{ name: "no signature", path: async () => `/a//${dedupKey}` },
		{ name: "a key that is none", path: () => pathOf("one", "nothing") },
		{ name: "nothing at all", path: async () => "/a/" },
	])("with $name is refused and told nothing, whatever the ledger holds", async ({ path }) => {
		const unread: Ledger["read"] = () => Promise.reject(new Error("Expected the ledger not to be read"));
		const { follow, item, logged } = await given({}, 60, (ledger) => ({ ...ledger, read: unread }));
		for (const method of ["GET", "POST"])
			expect(await follow(method, await path())).toEqual({
				status: 403,
				page: {
					heading: "This link is not valid",
					text: "It was cut off or changed on its way, or is out of date. The newest page of the incident holds a good one.",
					facts: {},
				},
			});
		expect((await item())?.acknowledged).toBeUndefined();
		expect(logged).toEqual([]);
	});

	test("may hold one that the secret before signed, during a rotation", async () => {
		const { follow, item } = await given({});
		expect(await follow("POST", await pathOf("old"))).toMatchObject({ status: 200 });
		expect((await item())?.acknowledged).toEqual(answer);
	});

	test("answers for every round: by its own page's link, or by an older one that still stands", async () => {
		const again = page({ ...text, round: 2, dedupKey: `${dedupKey}r2`, intendedAt: seconds(4000) });
		const { follow, item } = await given({ round: 2, pages: [text, again] }, 4060);
		expect(await follow("POST", await pathOf("one", `${dedupKey}r2`))).toMatchObject({ status: 200 });
		expect((await item())?.acknowledged).toEqual({ ...answer, at: seconds(4060), round: 2 });
	});

	test("is asked to try again while the ledger is out of reach", async () => {
		const failing = () => Promise.reject(new EdgeError("unavailable", "the ledger: expected an answer, got none", { retry: true }));
		const { follow, logged } = await given({}, 60, (ledger) => ({ ...ledger, read: failing }));
		expect(await follow("POST")).toMatchObject({
			status: 503,
			page: { text: expect.stringContaining("Please try again"), button: "Try again" },
		});
		expect(logged).toEqual([expect.objectContaining({ what: "error", outcome: "unavailable" })]);
	});

	test("is told nothing untrue where the answer is written and only its receipt is lost", async () => {
		const lost = new EdgeError("timeout", "the ledger: expected an answer, got none", { retry: true });
		let receipts = 0;
		const { follow, item } = await given({}, 60, (ledger) => ({
			...ledger,
			write: async (...asked) => {
				const written = await ledger.write(...asked);
				receipts += 1;
				return receipts === 1 ? Promise.reject(lost) : written;
			},
		}));
		const { status, page: seen } = await follow("POST");
		expect([status, seen?.text]).toEqual([503, expect.stringContaining("pressing twice does no harm")]);
		expect(JSON.stringify(seen)).not.toMatch(/nothing/i);
		expect((await item())?.acknowledged).toEqual(answer);
		expect(await follow("POST")).toMatchObject({ status: 200, page: { heading: "Acknowledged already" } });
	});

	test("takes no other method, and runs nothing that a name may hold", async () => {
		const { follow } = await given({ summary: `<script>alert("1")</script>` });
		expect(await follow("DELETE")).toMatchObject({ status: 405 });
		// Read back as a text, so it was one.
		expect(await follow("GET")).toMatchObject({ page: { what: `<script>alert("1")</script>` } });
	});
});

test("without links there is no such page: the path is the webhook's, which asks for a signature", async () => {
	const { ports } = setUp();
	const asked = { rawPath: await pathOf(), headers: {}, body: "", requestContext: { http: { method: "POST" } } };
	expect(await normalizerHandler(ports)(asked as Partial<LambdaFunctionURLEvent> as LambdaFunctionURLEvent)).toMatchObject({
		statusCode: 401,
	});
});

describe("a key that is pressed in a call", () => {
	const xml = "text/xml; charset=utf-8";

	test("acknowledges like the button, and twice is once; what is heard is TwiML", async () => {
		const { pressKey, item } = await given({});
		expect(await pressKey()).toEqual({
			status: 200,
			type: xml,
			said: "Acknowledged: nobody else is paged for it while this answer holds.",
		});
		expect((await item())?.acknowledged).toEqual(answer);
		expect(await pressKey("Digits=9&CallSid=CA1")).toEqual({ status: 200, type: xml, said: "This incident is acknowledged already." });
	});

	test.each([
		{ name: "that is over", about: { state: "recovered" as const }, said: "This incident is over: there is nothing to acknowledge." },
		{ name: "of an older call", about: { pages: [] }, said: "This call is too old: there is a newer one." },
	])("for an incident $name is answered in words, and with 200", async ({ about, said }) => {
		const { pressKey } = await given(about);
		expect(await pressKey()).toEqual({ status: 200, type: xml, said });
	});

	test("without a good signature does nothing, and learns nothing", async () => {
		const { pressKey, item } = await given({});
		const path = await pathOf("forged");
		expect(await pressKey(undefined, path)).toEqual({ status: 200, type: xml, said: "This key is not valid." });
		expect((await item())?.acknowledged).toBeUndefined();
	});

	test("that could not be written says so", async () => {
		const broken: Ledger["read"] = async () => {
			throw new EdgeError("unreachable", "DynamoDB: expected an answer, got none", { retry: true });
		};
		const { pressKey } = await given({}, 60, (ledger) => ({ ...ledger, read: broken }));
		expect(await pressKey()).toMatchObject({ status: 200, said: expect.stringContaining("This could not be done now.") });
	});

	test.each(["", "CallSid=CA1", "CallSid=CA1&Digits=", "Digits=1"])("is none in the form '%s': the button was pressed", async (form) => {
		const { pressKey } = await given({});
		expect(await pressKey(form)).toMatchObject({ status: 200, type: "text/html; charset=utf-8" });
	});
});
