import type { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { describe, expect, test } from "vitest";
import { secretsReader } from "../../../../functions/edges/aws/secrets.ts";
import { memorySecrets } from "../../../../functions/edges/memory/secrets.ts";
import { standingClock } from "./ledgerContract.ts";

const arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:runbooks-dev/twilio-AbCdEf";

/** A client that answers every GetSecretValue with what `answer` gives, and counts. */
function clientOf(answer: () => { SecretString?: string }): { client: SecretsManagerClient; asked: string[] } {
	const asked: string[] = [];
	const send = async (command: GetSecretValueCommand) => {
		asked.push(String(command.input.SecretId));
		return answer();
	};
	return { client: { send } as Pick<SecretsManagerClient, "send"> as SecretsManagerClient, asked };
}

class AwsError extends Error {
	readonly $metadata: { readonly httpStatusCode: number };
	constructor(name: string, status: number) {
		super("the vendor's own message, with s3cret in it");
		this.name = name;
		this.$metadata = { httpStatusCode: status };
	}
}

describe("secretsReader", () => {
	test("reads a secret once in five minutes, then again", async () => {
		const clock = standingClock();
		let version = 0;
		const { client, asked } = clientOf(() => {
			version += 1;
			return { SecretString: JSON.stringify({ version }) };
		});
		const read = secretsReader(client, clock);
		expect(await read(arn)).toEqual({ version: 1 });
		clock.move(299_999);
		expect(await read(arn)).toEqual({ version: 1 });
		clock.move(1);
		expect(await read(arn)).toEqual({ version: 2 });
		expect(asked).toEqual([arn, arn]);
	});

	test("reads it anew where that is asked, and keeps what it then got", async () => {
		let version = 0;
		const { client } = clientOf(() => {
			version += 1;
			return { SecretString: JSON.stringify({ version }) };
		});
		const read = secretsReader(client, standingClock());
		await read(arn);
		expect(await read(arn, true)).toEqual({ version: 2 });
		expect(await read(arn)).toEqual({ version: 2 });
	});

	test("does not keep a failure", async () => {
		let failing = true;
		const { client } = clientOf(() => {
			if (failing) throw new AwsError("InternalServiceError", 500);
			return { SecretString: "{}" };
		});
		const read = secretsReader(client, standingClock());
		await expect(read(arn)).rejects.toMatchObject({ reason: "unavailable", retry: true });
		failing = false;
		expect(await read(arn)).toEqual({});
	});

	test.each([
		{ name: "AccessDeniedException", status: 400, reason: "forbidden", retry: false },
		{ name: "ResourceNotFoundException", status: 400, reason: "not-found", retry: false },
		{ name: "DecryptionFailure", status: 400, reason: "misconfigured", retry: false },
		{ name: "ThrottlingException", status: 400, reason: "rate-limited", retry: true },
		{ name: "InternalServiceError", status: 500, reason: "unavailable", retry: true },
		{ name: "ExpiredTokenException", status: 400, reason: "unauthorized", retry: false },
		{ name: "TimeoutError", status: 0, reason: "timeout", retry: true },
		{ name: "SomethingNew", status: 400, reason: "rejected", retry: false },
		{ name: "SomethingNew", status: 403, reason: "forbidden", retry: false },
		{ name: "SomethingNew", status: 401, reason: "unauthorized", retry: false },
		{ name: "SomethingNew", status: 429, reason: "rate-limited", retry: true },
		{ name: "SomethingNew", status: 503, reason: "unavailable", retry: true },
	])("$name with status $status is $reason, and AWS's own message stays inside", async ({ name, status, reason, retry }) => {
		const { client } = clientOf(() => {
			throw new AwsError(name, status);
		});
		const read = secretsReader(client, standingClock())(arn);
		const message = `Secrets Manager: expected to read ${arn}, got ${name}`;
		await expect(read).rejects.toMatchObject({ name: "EdgeError", reason, retry, message });
	});

	test.each([
		{
			name: "text that is not JSON",
			answer: { SecretString: "s3cret" },
			got: "expected a JSON document, got 6 characters that are not JSON",
		},
		{ name: "a binary secret", answer: {}, got: "expected text, got a binary secret" },
	])("$name is misconfigured, and is not quoted", async ({ answer, got }) => {
		const read = secretsReader(clientOf(() => answer).client, standingClock())(arn);
		await expect(read).rejects.toMatchObject({
			name: "EdgeError",
			reason: "misconfigured",
			retry: false,
			message: `secret ${arn}: ${got}`,
		});
	});
});

describe("memorySecrets", () => {
	test("reads what is there, as the real reader does", async () => {
		expect(await memorySecrets(new Map([[arn, '{"a":1}']]), standingClock())(arn)).toEqual({ a: 1 });
	});

	test("does not know other secrets", async () => {
		const read = memorySecrets(new Map(), standingClock())(arn);
		await expect(read).rejects.toMatchObject({ name: "EdgeError", reason: "not-found", retry: false });
	});
});
