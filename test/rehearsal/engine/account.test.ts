import { afterEach, describe, expect, test } from "vitest";
import { type Account, MemoryAccount } from "../../../rehearsal/provider/aws/account.ts";
import { remoteAccount, type ServedVerbs, serveVerbs } from "../../../rehearsal/provider/aws/remoteAccount.ts";

const queue = "aws:sqs/queue:Queue";
const options = { region: "eu-central-1", accountId: "111122223333" };
let served: ServedVerbs | undefined;
afterEach(async () => {
	await served?.close();
	served = undefined;
});

const places: Readonly<Record<string, () => Promise<Account>>> = {
	"in this process": async () => new MemoryAccount(options),
	"behind an address": async () => {
		served = await serveVerbs(new MemoryAccount(options));
		return remoteAccount(served.url);
	},
};

describe.each(Object.entries(places))("an account %s", (_, open) => {
	test("holds what was made, as it was changed, until it is deleted", async () => {
		const account = await open();
		const { id } = await account.create({ type: queue, name: "q", inputs: { name: "work" } });
		expect((await account.read(queue, id))?.inputs).toEqual({ name: "work" });
		expect(await account.update(queue, id, { name: "work", visibilityTimeoutSeconds: 5 })).toMatchObject({
			id,
			outputs: { visibilityTimeoutSeconds: 5 },
		});
		expect((await account.read(queue, id))?.inputs).toEqual({ name: "work", visibilityTimeoutSeconds: 5 });
		await account.delete(queue, id);
		expect(await account.read(queue, id)).toBeUndefined();
		await expect(account.delete(queue, id)).resolves.toBeUndefined();
	});

	test("says why it refuses", async () => {
		const account = await open();
		await expect(account.create({ type: "aws:s3/bucket:Bucket", name: "b", inputs: {} })).rejects.toThrow(
			"aws:s3/bucket:Bucket b: expected one of ",
		);
		await expect(account.update(queue, "gone", {})).rejects.toThrow(`${queue}: expected one that exists, got gone`);
	});
});

test("a change that is refused leaves all as it was", async () => {
	const account = new MemoryAccount(options);
	const { id } = await account.create({ type: queue, name: "q", inputs: { name: "work" } });
	const policy = { queueUrl: id, policy: "{}" };
	const made = await account.create({ type: "aws:sqs/queuePolicy:QueuePolicy", name: "p", inputs: policy });
	await expect(account.update("aws:sqs/queuePolicy:QueuePolicy", made.id, { ...policy, queueUrl: "https://elsewhere" })).rejects.toThrow(
		"expected queueUrl",
	);
	expect((await account.read("aws:sqs/queuePolicy:QueuePolicy", made.id))?.inputs).toEqual(policy);
	expect(account.state.queuePolicies.size).toBe(1);
});

test("what points to something that was deleted dangles, and goes on under its id", async () => {
	const account = new MemoryAccount(options);
	const { id } = await account.create({ type: queue, name: "q", inputs: { name: "work" } });
	const policy = await account.create({ type: "aws:sqs/queuePolicy:QueuePolicy", name: "p", inputs: { queueUrl: id, policy: "{}" } });
	await account.delete(queue, id);
	expect(account.state.queues).toEqual([]);
	expect((await account.read("aws:sqs/queuePolicy:QueuePolicy", policy.id))?.id).toBe(policy.id);
});

test("a fault is told as AWS would tell it, and changes nothing", async () => {
	const account = new MemoryAccount({ ...options, fault: (verb) => (verb === "create" ? "TooManyRequestsException" : undefined) });
	await expect(account.create({ type: queue, name: "q", inputs: { name: "work" } })).rejects.toThrow("TooManyRequestsException");
	expect(account.held).toEqual([]);
});

test("a verb that there is not is refused", async () => {
	served = await serveVerbs(new MemoryAccount(options));
	const answer = await fetch(`${served.url}/burn`, { method: "POST", body: "[]" });
	expect([answer.status, await answer.text()]).toEqual([400, "expected one of create, read, update, delete, got burn"]);
});
