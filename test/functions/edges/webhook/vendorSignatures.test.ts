import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type SentRequest, signedContent, verifySender } from "../../../../functions/edges/webhook/vendorSignatures.ts";
import { opsgenieInbound } from "../../../../vendors/inbound/opsgenie.ts";
import { pagerdutyInbound } from "../../../../vendors/inbound/pagerduty.ts";
import { slackInbound } from "../../../../vendors/inbound/slack.ts";
import { smsInbound } from "../../../../vendors/inbound/sms.ts";
import type { Sender } from "../../../../vendors/inbound.ts";

const now = Date.UTC(2026, 0, 5, 8, 0, 0);
const secret = "PLANTED-secret";
const host = "hook.example";
const target = "/vendors/any?key=inc%3A1";
const body = "Digits=1&CallSid=CA1&text=gr%C3%BC%C3%9F+dich";

const hmac = (algorithm: string, key: string, ...parts: readonly string[]) =>
	parts.reduce((made, part) => made.update(part), createHmac(algorithm, key));

type Headers = Readonly<Record<string, string>>;

const request = (headers: Headers, change: Partial<SentRequest> = {}): SentRequest => {
	const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
	return { header: (name) => lower[name.toLowerCase()], body: Buffer.from(body), host, target, ...change };
};

/** How each vendor signs, by its own documentation: `key` is its secret, `at` its clock. */
const schemes: readonly { readonly name: string; readonly sender: Sender; readonly sign: (key: string, at?: number) => Headers }[] = [
	{
		name: "PagerDuty",
		sender: pagerdutyInbound.sender,
		sign: (key) => ({ "X-PagerDuty-Signature": `v1=${hmac("sha256", key, body).digest("hex")}` }),
	},
	{
		name: "Slack",
		sender: slackInbound.sender,
		sign: (key, at = now) => {
			const seconds = String(at / 1000);
			return {
				"X-Slack-Request-Timestamp": seconds,
				"X-Slack-Signature": `v0=${hmac("sha256", key, `v0:${seconds}:${body}`).digest("hex")}`,
			};
		},
	},
	{
		name: "Twilio",
		sender: smsInbound.sender,
		sign: (key) => ({
			"X-Twilio-Signature": hmac("sha1", key, `https://${host}${target}`, "CallSidCA1", "Digits1", "textgrüß dich").digest("base64"),
		}),
	},
	{ name: "a token of one's own", sender: opsgenieInbound.sender, sign: (key) => ({ Authorization: `Bearer ${key}` }) },
];

describe.each(schemes)("a sender who signs as $name", ({ sender, sign }) => {
	const verify = (sent: SentRequest, secrets: readonly string[] = ["PLANTED-other", secret]) => verifySender(sender, sent, secrets, now);

	test("is believed by any of the secrets, whatever the case of its headers", () => {
		expect(verify(request(sign(secret)))).toBe("valid");
	});

	test("is not by another secret, an empty one, or none", () => {
		expect(verify(request(sign("PLANTED-wrong")))).toBe("mismatch");
		expect(verify(request(sign(" ")), ["", secret])).toBe("mismatch");
		expect(verify(request(sign(secret)), [""])).toBe("no-secret");
		expect(verify(request(sign(secret)), [])).toBe("no-secret");
	});

	test("is not without a signature, or with an empty or a cut one", () => {
		const headers = Object.entries(sign(secret));
		const changed = (change: (value: string) => string) =>
			request(Object.fromEntries(headers.map(([name, value]) => [name, name.includes("Timestamp") ? value : change(value)])));
		expect(verify(request({}))).toBe("missing-signature");
		expect(verify(changed(() => "  "))).toBe("missing-signature");
		expect(verify(changed((value) => value.slice(0, -1)))).toBe("mismatch");
		expect(verify(changed((value) => `${value}0`))).toBe("mismatch");
		expect(verify(changed(() => "v1="))).toBe("mismatch");
	});

	test("is believed by nobody's guess", () => {
		fc.assert(
			fc.property(fc.string(), fc.string(), (guess, other) => {
				const headers = Object.fromEntries(
					Object.entries(sign(secret)).map(([name, value]) => [name, /Timestamp/.test(name) ? value : guess]),
				);
				fc.pre(Object.values(sign(secret)).every((value) => !guess.includes(value)));
				expect(verify(request(headers))).not.toBe("valid");
				expect(verify(request({ ...sign(secret), [sender.header]: `${other},${guess}` }))).not.toBe("valid");
			}),
		);
	});
});

describe.each(schemes.filter(({ sender }) => sender.scheme !== "token"))("what is signed as $name", ({ sender, sign }) => {
	test("is the body to its last bit", () => {
		const plain = Buffer.from(body);
		for (let at = 0; at < plain.length; at += 1) {
			const changed = Buffer.from(plain);
			changed[at] = (changed[at] ?? 0) ^ 1;
			expect([at, verifySender(sender, request(sign(secret), { body: changed }), [secret], now)]).toEqual([at, "mismatch"]);
		}
		expect(verifySender(sender, request(sign(secret), { body: Buffer.concat([plain, Buffer.from(" ")]) }), [secret], now)).toBe("mismatch");
		expect(verifySender(sender, request(sign(secret), { body: Buffer.alloc(0) }), [secret], now)).toBe("mismatch");
	});
});

test("what is not signed makes no other request of one that is repeated", () => {
	const content = (sender: Sender, change: Partial<SentRequest>) => signedContent(sender, request({}, change)).toString();
	expect(content(pagerdutyInbound.sender, { target: "/other?x=1" })).toBe(content(pagerdutyInbound.sender, {}));
	const shuffled = "text=gr%C3%BC%C3%9F+dich&Digits=1&Digits=1&CallSid=CA1";
	expect(content(smsInbound.sender, { body: Buffer.from(shuffled) })).toBe(content(smsInbound.sender, {}));
	expect(content(smsInbound.sender, { target: "/other" })).not.toBe(content(smsInbound.sender, {}));
	expect(content(opsgenieInbound.sender, { target: "/other" })).toBe(body);
});

describe("a signature by PagerDuty", () => {
	const { sender } = pagerdutyInbound;
	const signed = (key: string) => `v1=${hmac("sha256", key, body).digest("hex")}`;
	const verify = (signature: string) => verifySender(sender, request({ "X-PagerDuty-Signature": signature }), [secret], now);

	test("may be one of several while it exchanges the secret", () => {
		expect(verify(`${signed("PLANTED-new")},${signed(secret)}`)).toBe("valid");
		expect(verify(`${signed(secret)}, ${signed("PLANTED-new")}`)).toBe("valid");
		expect(verify(`${signed("PLANTED-new")},${signed("PLANTED-newer")}`)).toBe("mismatch");
	});

	test("counts by its own version only", () => {
		expect(verify(signed(secret).replace("v1=", "v2="))).toBe("mismatch");
		expect(verify(signed(secret).replace("v1=", ""))).toBe("mismatch");
	});
});

describe("a signature by Slack", () => {
	const { sender } = slackInbound;
	const { sign } = schemes.find(({ name }) => name === "Slack") ?? { sign: () => ({}) };
	const at = (seconds: number) => verifySender(sender, request(sign(secret, now + seconds * 1000)), [secret], now);

	test("counts within five minutes", () => {
		expect([at(-300), at(300)]).toEqual(["valid", "valid"]);
		expect([at(-301), at(301)]).toEqual(["out-of-window", "out-of-window"]);
	});

	test("counts with the time that was signed, and with a time that is one", () => {
		const later = { ...sign(secret), "X-Slack-Request-Timestamp": String(now / 1000 + 1) };
		expect(verifySender(sender, request(later), [secret], now)).toBe("mismatch");
		for (const timestamp of ["", "now", "-1", "1e9", "1.5", `${now / 1000} `]) {
			const headers = { ...sign(secret), "X-Slack-Request-Timestamp": timestamp };
			expect(verifySender(sender, request(headers), [secret], now)).toBe("missing-timestamp");
		}
	});
});

describe("a signature by Twilio", () => {
	const { sender } = smsInbound;
	const sent = (form: string, signature: string, change: Partial<SentRequest> = {}) =>
		request(
			{ "X-Twilio-Signature": signature },
			{ host: "mycompany.com", target: "/myapp.php?foo=1&bar=2", body: Buffer.from(form), ...change },
		);
	const form = new URLSearchParams({
		CallSid: "CA1234567890ABCDE",
		Caller: "+14158675309",
		Digits: "1234",
		From: "+14158675309",
		To: "+18005551212",
	}).toString();

	// What its own libraries are tested on.
	test("is the documented one, with a field that is there several times, too", () => {
		expect(verifySender(sender, sent(form, "RSOYDt4T1cUTdK1PDd93/VVr8B8="), ["12345"], now)).toBe("valid");
		const several = "Sid=CA123&SidAccount=AC123&Digits=5678&Digits=1234&Digits=1234";
		expect(verifySender(sender, sent(several, "IK+Dwps556ElfBT0I3Rgjkr1wJU="), ["12345"], now)).toBe("valid");
	});

	test("is of the whole address: another host, path or query is another one; its port may stand there", () => {
		const signature = hmac("sha1", secret, "https://mycompany.com:443/myapp.php?foo=1&bar=2").digest("base64");
		expect(verifySender(sender, sent("", signature), [secret], now)).toBe("valid");
		for (const change of [{ host: "mycompany.org" }, { target: "/myapp.php?foo=1&bar=3" }, { target: "/myapp.php" }])
			expect(verifySender(sender, sent("", signature, change), [secret], now)).toBe("mismatch");
	});
});
