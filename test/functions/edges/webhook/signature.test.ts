import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sign, verify } from "../../../../functions/edges/webhook/signature.ts";

const timestamp = "1795600000";
const now = 1_795_600_000_000;
const body = '{"schema":"genesyscloud-runbooks/reading/1"}';
const secret = "current-secret";

describe("sign", () => {
	test("is v1= and the HMAC-SHA256 of timestamp, dot and raw body", () => {
		// printf '1795600000.{}' | openssl dgst -sha256 -hmac current-secret
		expect(sign(secret, timestamp, "{}")).toBe("v1=6cb9f3186c6634795b1c7b6304911482d5e4fa1273b18b3e51d12d956d387982");
	});
});

describe("verify", () => {
	const signed = { signature: sign(secret, timestamp, body), timestamp, body };

	test.each([
		{ name: "a signature by the current secret", request: signed, secrets: [secret], reason: "valid" },
		{ name: "a signature by the secret before, during rotation", request: signed, secrets: ["next-secret", secret], reason: "valid" },
		{
			name: "one of several signatures",
			request: { ...signed, signature: `v1=00, ${signed.signature}` },
			secrets: [secret],
			reason: "valid",
		},
		{ name: "a secret that was retired", request: signed, secrets: ["next-secret"], reason: "mismatch" },
		{ name: "another body", request: { ...signed, body: `${body} ` }, secrets: [secret], reason: "mismatch" },
		{ name: "another timestamp", request: { ...signed, timestamp: "1795600001" }, secrets: [secret], reason: "mismatch" },
		{
			name: "another version",
			request: { ...signed, signature: signed.signature.replace("v1", "v0") },
			secrets: [secret],
			reason: "mismatch",
		},
		{ name: "no signature", request: { ...signed, signature: undefined }, secrets: [secret], reason: "missing-signature" },
		{ name: "an empty signature", request: { ...signed, signature: " " }, secrets: [secret], reason: "missing-signature" },
		{ name: "no timestamp", request: { ...signed, timestamp: undefined }, secrets: [secret], reason: "missing-timestamp" },
		{
			name: "a timestamp that is a date",
			request: { ...signed, timestamp: "2026-11-24" },
			secrets: [secret],
			reason: "malformed-timestamp",
		},
		{ name: "no secret", request: signed, secrets: [], reason: "no-secret" },
		{ name: "an empty secret", request: { ...signed, signature: sign("", timestamp, body) }, secrets: [""], reason: "no-secret" },
	] as const)("says $reason of $name", ({ request, secrets, reason }) => {
		expect(verify(request, secrets, now)).toEqual({ valid: reason === "valid", reason });
	});

	test.each([
		{ seconds: -301, reason: "out-of-window" },
		{ seconds: -300, reason: "valid" },
		{ seconds: 300, reason: "valid" },
		{ seconds: 301, reason: "out-of-window" },
	])("says $reason when now is $seconds s after the timestamp", ({ seconds, reason }) => {
		expect(verify(signed, [secret], now + seconds * 1000).reason).toBe(reason);
	});

	test("takes back what was signed, and nothing that differs in one character", () => {
		fc.assert(
			fc.property(fc.string({ minLength: 1 }), fc.string(), fc.nat(), (key, text, at) => {
				const signature = sign(key, timestamp, text);
				const changed = signature.slice(0, 3 + (at % 64)) + (signature[3 + (at % 64)] === "0" ? "1" : "0") + signature.slice(4 + (at % 64));
				expect(verify({ signature, timestamp, body: text }, [key], now).reason).toBe("valid");
				expect(verify({ signature: changed, timestamp, body: text }, [key], now).reason).toBe("mismatch");
			}),
		);
	});
});
