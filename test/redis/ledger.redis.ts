import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { redisConnections } from "../../functions/edges/redis/client.ts";
import { type RedisCommands, redisLedger } from "../../functions/edges/redis/ledger.ts";
import type { Clock } from "../../functions/pipeline/ports.ts";
import type { RedisSecret } from "../../functions/schemas/secrets.ts";
import { openLedger } from "../../rehearsal/incidents/stackLedger.ts";
import { readStackFile, withSettings } from "../../rehearsal/scenario/stackFile.ts";
import { ledgerContract, standingClock, transactionContract } from "../functions/edges/aws/ledgerContract.ts";
import { streakContract } from "../functions/edges/aws/streakContract.ts";
import { type RedisServer, startServer } from "./server.ts";

const nobody = { username: "", password: "" };
let server: RedisServer;
let connect: ReturnType<typeof redisConnections>;
let made = 0;

beforeAll(async () => {
	server = await startServer();
	connect = redisConnections({ host: "127.0.0.1", port: server.port, tls: false });
});

afterAll(async () => {
	connect(nobody).disconnect();
	await server.stop();
});

const ledgerOn = (clock: Clock) => {
	made += 1;
	return redisLedger({ connect: (secret: RedisSecret) => connect(secret), credentials: async () => nobody, prefix: `test-${made}`, clock });
};

ledgerContract("redisLedger", async (clock) => ledgerOn(clock));
transactionContract("redisLedger", async (clock) => ledgerOn(clock));
streakContract("redisLedger", async (clock) => ledgerOn(clock));

describe("redisLedger: in the server", () => {
	test("two ledgers share nothing", async () => {
		const [one, other] = [ledgerOn(standingClock()), ledgerOn(standingClock())];
		await one.write("k", 1, 0, { dueAt: 1 });
		expect([await other.read("k"), await other.due(2, 9)]).toEqual([undefined, []]);
	});

	test("all keys of a ledger are in one slot: a cluster takes its transactions", async () => {
		const cluster = await startServer(["--cluster-enabled", "yes"]);
		const redis = redisConnections({ host: "127.0.0.1", port: cluster.port, tls: false })(nobody);
		await redis.call("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
		await expect.poll(() => redis.call("CLUSTER", "INFO"), { timeout: 20_000 }).toContain("cluster_state:ok");
		const ledger = redisLedger({ connect: () => redis, credentials: async () => nobody, prefix: "runbooks", clock: standingClock() });
		const writes = ["a", "b", "c"].map((key) => ({ key, value: 1, expectedVersion: 0, options: { dueAt: 1 } }));
		expect(await ledger.transact(writes)).toBe("written");
		expect(await ledger.due(1, 9)).toEqual(["a", "b", "c"]);
		redis.disconnect();
		await cluster.stop();
	});

	test("what has expired is deleted by the server a day later, what has no expiry never", async () => {
		const clock = standingClock();
		const ledger = ledgerOn(clock);
		await ledger.write("short", 1, 0, { exp: clock.now() + 60_000 });
		await ledger.write("long", 1, 0);
		const left = (key: string) => connect(nobody).pttl(`{test-${made}}:${key}`);
		expect(await left("short")).toBeGreaterThan(86_400_000);
		expect(await left("short")).toBeLessThanOrEqual(86_460_000);
		expect(await left("long")).toBe(-1);
		await ledger.write("short", 2, 1);
		expect(await left("short")).toBe(-1);
	});
});

describe("redisLedger: failures", () => {
	const ledgerAt = (port: number, secrets: readonly RedisSecret[]) => {
		const open = redisConnections({ host: "127.0.0.1", port, tls: false });
		const used: (RedisCommands & { disconnect(): void })[] = [];
		let asked = 0;
		const ledger = redisLedger({
			connect: (secret: RedisSecret) => {
				const redis = open(secret);
				used.push(redis);
				return redis;
			},
			credentials: async (anew) => {
				if (anew === true) asked += 1;
				return secrets[Math.min(asked, secrets.length - 1)] ?? nobody;
			},
			prefix: "failures",
			clock: standingClock(),
		});
		const close = (): void => {
			for (const redis of used) redis.disconnect();
		};
		return { ledger, close };
	};
	const users = ["--user", "runbooks", "on", ">s3cret-new", "~*", "+@all", "--user", "default", "off"];

	test("a password that was changed is read anew, once", async () => {
		const locked = await startServer(users);
		const { ledger, close } = ledgerAt(locked.port, [
			{ username: "runbooks", password: "s3cret-old" },
			{ username: "runbooks", password: "s3cret-new" },
		]);
		expect(await ledger.write("k", 1, 0)).toBe("written");
		expect(await ledger.read("k")).toEqual({ version: 1, value: 1 });
		close();
		await locked.stop();
	});

	test("a wrong password is unauthorized, without a retry and without the password", async () => {
		const locked = await startServer(users);
		const { ledger, close } = ledgerAt(locked.port, [{ username: "runbooks", password: "s3cret-old" }]);
		const error = await ledger.read("k").catch((thrown: unknown) => thrown);
		expect(error).toMatchObject({ name: "EdgeError", reason: "unauthorized", retry: false });
		expect(String(error)).not.toContain("s3cret");
		close();
		await locked.stop();
	});

	test("a server that is gone is unreachable and may be asked again; one that is back is used again", async () => {
		const first = await startServer();
		const { ledger, close } = ledgerAt(first.port, [nobody]);
		expect(await ledger.write("k", 1, 0)).toBe("written");
		await first.stop();
		await expect(ledger.write("k", "s3cret", 1)).rejects.toMatchObject({
			name: "EdgeError",
			retry: true,
			message: expect.not.stringContaining("s3cret"),
		});
		const second = await startServer(["--port", String(first.port)]);
		// It may still be waiting for its next attempt to connect.
		await expect.poll(() => ledger.write("k", 1, 0).catch(() => "not yet"), { timeout: 20_000 }).toBe("written");
		close();
		await second.stop();
	});

	test("a server that does not answer is a time-out", async () => {
		const stuck = await startServer();
		const { ledger, close } = ledgerAt(stuck.port, [nobody]);
		await ledger.write("k", 1, 0);
		const other = redisConnections({ host: "127.0.0.1", port: stuck.port, tls: false })(nobody);
		await other.call("CLIENT", "PAUSE", "60000", "ALL");
		await expect(ledger.read("k")).rejects.toMatchObject({ name: "EdgeError", reason: "timeout", retry: true });
		other.disconnect();
		close();
		await stuck.stop();
	});

	test("a full server is unavailable and may be asked again", async () => {
		const full = await startServer(["--maxmemory", "1mb", "--maxmemory-policy", "noeviction"]);
		const { ledger, close } = ledgerAt(full.port, [nobody]);
		const write = async (number: number): Promise<unknown> => {
			const answer = await ledger.write(`k${number}`, "x".repeat(100_000), 0).catch((thrown: unknown) => thrown);
			return answer === "written" && number < 50 ? write(number + 1) : answer;
		};
		expect(await write(0)).toMatchObject({ name: "EdgeError", reason: "unavailable", retry: true });
		close();
		await full.stop();
	});
});

describe("a stack's ledger, as an operator reaches it", () => {
	const fileFor = (address: string) =>
		withSettings(readStackFile("dev"), { ledger: { redis: { ...place, address, tls: false, password: false } } });
	const place = { subnetIds: ["subnet-0a1b2c3d"], securityGroupIds: ["sg-0a1b2c3d"] };

	test("is read and written under the names that the functions use, at its address or at the end of a tunnel", async () => {
		const address = `redis://127.0.0.1:${server.port}`;
		const functions = redisLedger({ connect, credentials: async () => nobody, prefix: "runbooks-dev-incidents", clock: standingClock() });
		await functions.write("inc:1:dev:trunk-down:a", { key: "inc:1:dev:trunk-down:a", state: "open" }, 0, { dueAt: 1 });
		await functions.write("inc:1:dev:trunk-down:old", { state: "closed" }, 0, { exp: 1000 });
		await functions.write("streak:1:dev", 1, 0);
		for (const flags of [{}, { endpoint: address }]) {
			const opened = openLedger(fileFor(flags.endpoint === undefined ? address : "redis://cache.customer.example:6379"), flags);
			expect(await opened.ledger.read("streak:1:dev")).toEqual({ version: 1, value: 1 });
			expect(await opened.incidents()).toEqual([{ key: "inc:1:dev:trunk-down:a", state: "open" }]);
			opened.end();
		}
	});

	test("cannot be reached from everywhere, and the error says where to read on", async () => {
		const gone = await startServer();
		await gone.stop();
		const opened = openLedger(fileFor(`redis://127.0.0.1:${gone.port}`), {});
		await expect(opened.ledger.read("k")).rejects.toMatchObject({ name: "EdgeError", retry: true });
		expect(opened.where).toContain("docs/operations.md, The ledger in Redis");
		opened.end();
	});

	test("of a stack with a table is asked at no Redis", () => {
		expect(() => openLedger(readStackFile("dev"), { endpoint: "redis://127.0.0.1:6379" })).toThrow(/keeps its ledger in DynamoDB/);
	});
});
