import { createHmac } from "node:crypto";
import type { LambdaFunctionURLEvent } from "aws-lambda";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normalizerHandler } from "../../functions/normalizer.ts";
import { changeIncident } from "../../functions/pipeline/ledger/incidents.ts";
import type { Incident, Page } from "../../functions/pipeline/model/incident.ts";
import { EdgeError, type Ledger } from "../../functions/pipeline/ports.ts";
import { incident, page, seconds } from "./pipeline/fixtures.ts";
import { setUp } from "./webhookWorld.ts";

const secret = "PLANTED-webhook-secret";
const key = incident().key;
const sent: Page = page({ state: "proven", acceptedAt: seconds(2), provenAt: seconds(5), recordId: "Q1" });
const path = "/vendors/pagerduty/primary";
const signatureOf = (body: string, by = secret): string => `v1=${createHmac("sha256", by).update(body).digest("hex")}`;

const document = (type = "incident.acknowledged", occurredAt = seconds(60), data: object = {}): string =>
	JSON.stringify({
		event: {
			id: `01${occurredAt}`,
			event_type: type,
			occurred_at: new Date(occurredAt).toISOString(),
			agent: { type: "user_reference", summary: "Ada" },
			data: { id: "Q1", incident_key: null, service: { id: "PRIMARY1" }, ...data },
		},
	});

interface Posted {
	readonly headers?: Readonly<Record<string, string>>;
	readonly rawPath?: string;
	readonly base64?: boolean;
	readonly query?: string;
}

/** The normalizer a minute after an incident was opened, in a stack that hears PagerDuty's service "primary". */
async function given(about: Partial<Incident> = {}, wrap: (ledger: Ledger) => Ledger = (ledger) => ledger) {
	const secrets: Readonly<Record<string, readonly string[]>> = { "pagerduty/primary": [secret, "PLANTED-previous"] };
	const { ports, logged, advance } = setUp({ vendorWebhookSecrets: async (asked) => secrets[asked] ?? [] });
	advance(61);
	await ports.ledger.write(key, incident({ tier: 1, pages: [sent], ...about }), 0, { dueAt: seconds(0) });
	const handler = normalizerHandler({ ...ports, ledger: wrap(ports.ledger) });
	const post = async (body: string, { headers, rawPath = path, base64 = false, query = "" }: Posted = {}) => {
		const event = {
			rawPath,
			rawQueryString: query,
			headers: headers ?? { "x-pagerduty-signature": signatureOf(body) },
			body: base64 ? Buffer.from(body).toString("base64") : body,
			isBase64Encoded: base64,
			requestContext: { domainName: "hook.example", http: { method: "POST" } },
		};
		const { statusCode, body: said } = Object(await handler(event as Partial<LambdaFunctionURLEvent> as LambdaFunctionURLEvent));
		return { status: statusCode, ...JSON.parse(said) };
	};
	const item = async () => (await ports.ledger.read(key))?.value as Incident | undefined;
	/** As the overseer does that finds by reading back that an answer was taken back. */
	const withdraw = () =>
		changeIncident(ports, { key, occurrence: 1 }, ({ acknowledged: _answer, ...rest }) => ({
			...rest,
			pages: rest.pages.map(({ heardAt: _at, ...each }) => each),
		}));
	return { post, item, logged, advance, withdraw };
}

describe("what PagerDuty tells", () => {
	test.each([false, true])("acknowledges its incident at once (base64: %s)", async (base64) => {
		const { post, item, logged } = await given();
		expect(await post(document(), { base64 })).toEqual({ status: 200, outcome: "heard" });
		expect((await item())?.acknowledged).toEqual({ at: seconds(61), by: "Ada", tier: 1, channel: "pagerduty" });
		expect(logged).toMatchObject([{ what: "acknowledged", tier: 1, channel: "pagerduty", outcome: "acknowledged", detail: "by Ada" }]);
	});

	test("counts by the secret before, and by one of several signatures", async () => {
		const { post } = await given();
		const headers = { "x-pagerduty-signature": `${signatureOf(document(), "PLANTED-new")},${signatureOf(document(), "PLANTED-previous")}` };
		expect(await post(document(), { headers })).toMatchObject({ status: 200, outcome: "heard" });
	});

	test("may end in a slash", async () => {
		const { post } = await given();
		expect(await post(document(), { rawPath: `${path}/` })).toMatchObject({ status: 200, outcome: "heard" });
	});

	test.each([
		{ name: "another event", body: document("incident.annotated") },
		{ name: "another service's", body: document(undefined, undefined, { service: { id: "PSECOND2" } }) },
		{ name: "another incident", body: document(undefined, undefined, { id: "Q2" }) },
		{ name: "no JSON", body: "{" },
		{ name: "nothing", body: "" },
	])("is answered 200 where it is none of ours: $name", async ({ body }) => {
		const { post, item, logged } = await given();
		expect(await post(body)).toEqual({ status: 200, outcome: "not-ours" });
		expect((await item())?.acknowledged).toBeUndefined();
		expect(logged).toEqual([]);
	});

	test("is answered 200 where it is known, and where it is over", async () => {
		const { post } = await given({ acknowledged: { at: seconds(10), by: "Ben", tier: 2, channel: "pagerduty" } });
		expect(await post(document())).toEqual({ status: 200, outcome: "already-known" });
		const over = await given({ state: "recovered" });
		expect(await over.post(document())).toEqual({ status: 200, outcome: "not-open" });
	});

	test("is asked for again where it could not be written, and counts then", async () => {
		let broken = true;
		const { post, item } = await given({}, (ledger) => ({
			...ledger,
			write: async (...asked) => {
				if (broken) throw new EdgeError("unavailable", "DynamoDB: expected to write, got 500", { retry: true });
				return ledger.write(...asked);
			},
		}));
		await expect(post(document())).rejects.toThrow("got 500");
		broken = false;
		expect(await post(document())).toEqual({ status: 200, outcome: "heard" });
		expect((await item())?.acknowledged).toMatchObject({ by: "Ada" });
	});
});

describe("who is not PagerDuty", () => {
	test.each<{ name: string; posted: Posted; status: number; outcome: string }>([
		{ name: "without a signature", posted: { headers: {} }, status: 401, outcome: "refused" },
		{
			name: "by another secret",
			posted: { headers: { "x-pagerduty-signature": signatureOf(document(), "PLANTED-wrong") } },
			status: 401,
			outcome: "refused",
		},
		{
			name: "of another document",
			posted: { headers: { "x-pagerduty-signature": signatureOf(document("incident.resolved")) } },
			status: 401,
			outcome: "refused",
		},
		{ name: "at another place", posted: { rawPath: "/vendors/pagerduty/secondary" }, status: 404, outcome: "unknown-path" },
		{ name: "at no place", posted: { rawPath: "/vendors/pagerduty" }, status: 404, outcome: "unknown-path" },
		{ name: "at a vendor that is not heard", posted: { rawPath: "/vendors/sms" }, status: 404, outcome: "unknown-path" },
		{ name: "at nobody", posted: { rawPath: "/vendors/" }, status: 404, outcome: "unknown-path" },
		{ name: "at a name that every object has", posted: { rawPath: "/vendors/constructor" }, status: 404, outcome: "unknown-path" },
	])("$name learns nothing, and the ledger is not read", async ({ posted, status, outcome }) => {
		const unread = () => Promise.reject(new Error("Expected the ledger not to be read"));
		const { post, item, logged } = await given({}, (ledger) => ({ ...ledger, read: unread }));
		expect(await post(document(), posted)).toEqual({ status, outcome });
		expect((await item())?.acknowledged).toBeUndefined();
		expect(logged).toEqual([]);
	});

	test("is refused too much, before anything is looked at", async () => {
		const { post } = await given();
		expect(await post("x".repeat(65_537), { headers: {} })).toEqual({ status: 413, outcome: "too-large" });
	});

	test("acknowledges nothing, whatever is sent", async () => {
		const { post, item } = await given();
		const headers = fc.record({ "x-pagerduty-signature": fc.oneof(fc.string(), fc.stringMatching(/^v1=[0-9a-f]{64}$/)) });
		const bodies = fc.oneof(fc.constant(document()), fc.string(), fc.json());
		const paths = fc.oneof(
			fc.constant(path),
			fc.string().map((text) => `/vendors/${text}`),
		);
		await fc.assert(
			fc.asyncProperty(bodies, headers, paths, fc.string(), fc.boolean(), async (body, given, rawPath, query, base64) => {
				const { status } = await post(body, { headers: given, rawPath, query, base64 });
				expect([401, 404]).toContain(status);
				expect((await item())?.acknowledged).toBeUndefined();
			}),
		);
	});

	test("acknowledges nothing by a true request that was changed by one byte", async () => {
		const { post, item } = await given();
		const body = document();
		await fc.assert(
			fc.asyncProperty(fc.nat(body.length - 1), fc.integer({ min: 32, max: 126 }), async (at, code) => {
				const changed = `${body.slice(0, at)}${String.fromCharCode(code)}${body.slice(at + 1)}`;
				fc.pre(changed !== body);
				expect(await post(changed, { headers: { "x-pagerduty-signature": signatureOf(body) } })).toMatchObject({ status: 401 });
				expect((await item())?.acknowledged).toBeUndefined();
			}),
		);
	});
});

describe("a request that is repeated", () => {
	test("is once, also for somebody who recorded it before the answer was taken back", async () => {
		const { post, item, advance } = await given();
		const acknowledged = document("incident.acknowledged", seconds(60));
		expect(await post(acknowledged)).toMatchObject({ outcome: "heard" });
		advance(30);
		expect(await post(document("incident.unacknowledged", seconds(90)))).toMatchObject({ outcome: "heard" });
		for (const later of [1, 3000, 600, 50_000]) {
			advance(later);
			expect(await post(acknowledged)).toMatchObject({ status: 200, outcome: "already-taken" });
			expect(await post(acknowledged, { base64: true, rawPath: `${path}` })).toMatchObject({ status: 200 });
		}
		expect((await item())?.acknowledged).toBeUndefined();
	});

	test("is nothing at any later time, or in another form of what nobody signs", async () => {
		const { post, item, advance, withdraw } = await given();
		const body = document("incident.acknowledged", seconds(60));
		await post(body);
		await withdraw();
		await fc.assert(
			fc.asyncProperty(fc.nat(10_000), fc.boolean(), fc.constantFrom("", "x=1", "key=inc"), async (later, base64, query) => {
				advance(later);
				const rawPath = later % 2 === 0 ? path : `${path}/`;
				expect(await post(body, { base64, query, rawPath })).toMatchObject({ status: 200 });
				expect((await item())?.acknowledged).toBeUndefined();
			}),
			{ numRuns: 40 },
		);
	});

	test("that nobody knew a page of is not one later", async () => {
		const { post, item } = await given({ pages: [{ ...sent, recordId: "Q9" }] });
		expect(await post(document())).toMatchObject({ outcome: "not-ours" });
		expect(await post(document())).toMatchObject({ outcome: "already-taken" });
		expect((await item())?.acknowledged).toBeUndefined();
	});
});
