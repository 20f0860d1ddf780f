import { describe, expect, test } from "vitest";
import { awsSigned } from "../../../functions/edges/vendors/awsSignature.ts";
import { createSes } from "../../../rehearsal/vendors/email/api.ts";
import { emailOutcomes } from "../../../rehearsal/vendors/email/messages.ts";
import { email } from "../../../rehearsal/vendors/email.ts";
import type { AwsWanted } from "../../../rehearsal/vendors/emulator.ts";
import { VirtualClock } from "../../../rehearsal/world/clock.ts";

const start = Date.UTC(2026, 10, 24, 10);
const region = "eu-central-1";
const base = `https://email.${region}.amazonaws.com`;
const from = "pages@runbooks.example";
const to = "ada@customer.example";
const identity = { accessKeyId: "ASIAPLANTED0000000001", secretAccessKey: "PLANTED-secret", sessionToken: "PLANTED-token" };
const message = {
	FromEmailAddress: from,
	Destination: { ToAddresses: [to] },
	Content: { Simple: { Subject: { Data: "It is down", Charset: "UTF-8" }, Body: { Text: { Data: "All of it", Charset: "UTF-8" } } } },
};

function world(mayDo: (wanted: AwsWanted) => boolean = () => true) {
	const clock = new VirtualClock(start);
	const asked: AwsWanted[] = [];
	const permits = (_key: string, wanted: AwsWanted): boolean => {
		asked.push(wanted);
		return mayDo(wanted);
	};
	const secretsOf = (key: string) => (key === identity.accessKeyId ? identity : undefined);
	const { fetch, world: ses } = createSes({ clock, region, callers: { secretsOf, permits } });
	ses.verify("runbooks.example");
	const signed = async (
		path: string,
		body?: unknown,
		change: { readonly service?: string; readonly region?: string; readonly at?: number } = {},
	) => {
		const request = {
			url: `${base}${path}`,
			method: body === undefined ? "GET" : "POST",
			headers: body === undefined ? {} : { "content-type": "application/json" },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		};
		const headers = await awsSigned(request, identity, { service: "ses", region, at: clock.now(), ...change });
		return new Request(request.url, { method: request.method, headers, ...(request.body === undefined ? {} : { body: request.body }) });
	};
	const call = async (path: string, body?: unknown) => fetch(await signed(path, body));
	const send = (change: object = {}) => call("/v2/email/outbound-emails", { ...message, ...change });
	const later = (seconds: number) => clock.run(clock.now() + seconds * 1000);
	return { ses, asked, fetch, signed, call, send, later };
}

const typeOf = (response: Response) => ({ status: response.status, type: response.headers.get("x-amzn-errortype") });

/** The events of a message, one look a second. */
async function eventsOf({ call }: Pick<ReturnType<typeof world>, "call">, id: unknown) {
	const response = await call(`/v2/email/insights/${id}/`);
	if (!response.ok) return typeOf(response).type;
	const { Insights } = Object(await response.json());
	return Insights[0].Events.map(({ Type }: { readonly Type: string }) => Type);
}

const idOf = async (response: Response): Promise<unknown> => Object(await response.json()).MessageId;

describe("a message", () => {
	test("is accepted, known a second later, and delivered after three", async () => {
		const given = world();
		const id = await idOf(await given.send());
		expect(await eventsOf(given, id)).toBe("NotFoundException");
		await given.later(1);
		expect(await eventsOf(given, id)).toEqual(["SEND"]);
		await given.later(2);
		expect(await eventsOf(given, id)).toEqual(["SEND", "DELIVERY"]);
		expect(given.ses.messages()).toMatchObject([{ from, to, subject: "It is down", body: "All of it" }]);
	});

	test.each(emailOutcomes)("can end as %s", async (outcome) => {
		const given = world();
		const end = given.ses.faults.hold({ outcome });
		const id = await idOf(await given.send());
		end();
		await given.later(5);
		const ends = { bounce: ["BOUNCE"], complaint: ["DELIVERY", "COMPLAINT"], reject: ["REJECT"], delay: ["DELIVERY_DELAY"] };
		expect(await eventsOf(given, id)).toEqual(["SEND", ...ends[outcome]]);
	});

	test("can be lost after it was sent", async () => {
		const given = world();
		given.ses.faults.hold({ swallow: true });
		const id = await idOf(await given.send());
		await given.later(3600);
		expect(await eventsOf(given, id)).toEqual(["SEND"]);
	});

	test("is known to nobody while Virtual Deliverability Manager is off", async () => {
		const given = world();
		given.ses.account = { ...given.ses.account, deliverabilityManager: false };
		const id = await idOf(await given.send());
		await given.later(60);
		expect(await eventsOf(given, id)).toBe("NotFoundException");
	});

	test.each([
		{ name: "no sender", change: { FromEmailAddress: undefined }, type: "BadRequestException" },
		{ name: "nobody to write to", change: { Destination: { ToAddresses: [] } }, type: "BadRequestException" },
		{ name: "a configuration set without a name", change: { ConfigurationSetName: "" }, type: "BadRequestException" },
		{ name: "no content", change: { Content: {} }, type: "BadRequestException" },
		{ name: "a sender that is not verified", change: { FromEmailAddress: "a@elsewhere.example" }, type: "MessageRejected" },
	])("with $name is refused as $type", async ({ change, type }) => {
		const { send, ses } = world();
		expect(typeOf(await send(change))).toEqual({ status: 400, type });
		expect(ses.messages()).toEqual([]);
	});

	test.each([
		{ name: "suspended", account: { isSuspended: true }, type: "AccountSuspendedException" },
		{ name: "paused", account: { sendingEnabled: false }, type: "SendingPausedException" },
		{ name: "in the sandbox", account: { productionAccess: false }, type: "MessageRejected" },
	])("is refused by an account that is $name", async ({ account, type }) => {
		const { send, ses } = world();
		ses.account = { ...ses.account, ...account };
		expect(typeOf(await send())).toEqual({ status: 400, type });
	});

	test("goes from the sandbox to an address that is verified", async () => {
		const { send, ses } = world();
		ses.account = { ...ses.account, productionAccess: false };
		ses.verify(to);
		expect((await send({ ConfigurationSetName: "pages" })).status).toBe(200);
	});
});

describe("the account", () => {
	test("says whether it may send, once a second", async () => {
		const { call, later } = world();
		expect(await (await call("/v2/email/account")).json()).toMatchObject({
			SendingEnabled: true,
			ProductionAccessEnabled: true,
			VdmAttributes: { VdmEnabled: "ENABLED" },
		});
		expect(typeOf(await call("/v2/email/account"))).toEqual({ status: 429, type: "TooManyRequestsException" });
		await later(1);
		expect((await call("/v2/email/account")).status).toBe(200);
	});
});

describe("a caller", () => {
	const send = "/v2/email/outbound-emails";

	test("is known by a signature for this service, region and time, and by nothing else", async () => {
		const { fetch, signed } = world();
		const refusal = async (request: Request) => typeOf(await fetch(request)).type;
		expect(await refusal(new Request(`${base}/v2/email/account`))).toBe("MissingAuthenticationTokenException");
		expect(await refusal(new Request(`${base}/v2/email/account`, { headers: { authorization: "Bearer x" } }))).toBe(
			"IncompleteSignatureException",
		);
		for (const change of [{ service: "sqs" }, { region: "us-east-1" }, { at: start - 301_000 }])
			expect(await refusal(await signed("/v2/email/account", undefined, change))).toBe("InvalidSignatureException");
		const good = await signed(send, message);
		expect(
			await refusal(new Request(good.clone(), { headers: { ...Object.fromEntries(good.headers), "x-amz-security-token": "x" } })),
		).toBe("UnrecognizedClientException");
		expect(
			await refusal(new Request(good.url, { method: "POST", headers: good.headers, body: JSON.stringify({ ...message, more: 1 }) })),
		).toBe("InvalidSignatureException");
		expect((await fetch(await signed(send, message))).status).toBe(200);
	});

	test("with an unknown key is refused", async () => {
		const { fetch } = createSes({ clock: new VirtualClock(start), region, callers: { secretsOf: () => undefined, permits: () => true } });
		const { signed } = world();
		expect(typeOf(await fetch(await signed("/v2/email/account")))).toEqual({ status: 403, type: "UnrecognizedClientException" });
	});

	test("does what its role may do: to this identity and configuration set, and to what has no resource", async () => {
		const { call, send: sending, asked } = world(({ resource }) => !resource.startsWith("configuration-set/"));
		expect((await sending()).status).toBe(200);
		expect(typeOf(await sending({ ConfigurationSetName: "pages" }))).toEqual({ status: 403, type: "AccessDeniedException" });
		await call("/v2/email/account");
		await call("/v2/email/insights/x/");
		const wanted = [
			["ses:SendEmail", `identity/${from}`],
			["ses:SendEmail", `identity/${from}`],
			["ses:SendEmail", "configuration-set/pages"],
			["ses:GetAccount", "*"],
			["ses:GetMessageInsights", "*"],
		];
		expect(asked).toEqual(wanted.map(([action, resource]) => ({ service: "ses", region, action, resource })));
	});

	test("meets faults in the vendor's stead", async () => {
		const { call, ses } = world();
		const ended = [ses.faults.hold({ status: 503 })];
		expect(typeOf(await call("/v2/email/account"))).toEqual({ status: 503, type: "InternalFailure" });
		for (const end of ended) end();
		ses.faults.hold({ refused: "UnrecognizedClientException" });
		expect((await call("/v2/email/account")).status).toBe(403);
		expect((await world().call("/v2/email/other")).status).toBe(404);
	});
});

test("a fault that e-mail does not have is refused", () => {
	const { begin } = email.open({ clock: new VirtualClock(start), account: { region, from }, channels: [] });
	expect(() => begin({ does: "groups" })).toThrow("Expected a fault of Amazon SES, got groups");
	expect(() => begin({ does: "ends", as: "well" })).toThrow("Expected an e-mail that ends as bounce, complaint, reject, delay, got well");
});
