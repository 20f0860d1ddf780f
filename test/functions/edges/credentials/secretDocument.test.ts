import { object, string } from "valibot";
import { describe, expect, test } from "vitest";
import { cachedSecrets, type SecretVersion } from "../../../../functions/edges/aws/secretCache.ts";
import { withCredentials, withoutPrevious } from "../../../../functions/edges/credentials/documents.ts";
import { secretDocument, validDocuments } from "../../../../functions/edges/credentials/secretDocument.ts";
import { EdgeError, type Entry, type FailureReason } from "../../../../functions/pipeline/ports.ts";
import { standingClock } from "../aws/ledgerContract.ts";

type Values = Partial<Record<SecretVersion, string>>;

/** A secret with these values, and a vendor that takes some of them. */
function rotated(values: Values, reason: FailureReason = "unauthorized") {
	const clock = standingClock();
	const [logged, used, read]: [Entry[], string[], string[]] = [[], [], []];
	const stored = { ...values };
	const fetchText = async (_: string, version: SecretVersion) => {
		read.push(version);
		const key = stored[version];
		return key === undefined ? undefined : JSON.stringify({ key });
	};
	const secret = {
		readSecret: cachedSecrets(fetchText, clock),
		journal: { log: (entry: Entry) => void logged.push(entry) },
		secretId: () => "runbooks-dev/twilio",
		name: "twilio",
		schema: object({ key: string() }),
		told: new Map<string, string>(),
	};
	const credentials = secretDocument(secret);
	const call = (taken: readonly string[], asked = credentials) =>
		withCredentials(asked, async ({ key }) => {
			used.push(key);
			if (!taken.includes(key)) throw new EdgeError(reason, "Twilio: expected 2xx from the account, got 401", { retry: false });
			return key;
		}).catch((error: unknown) => (error instanceof EdgeError ? error.reason : String(error)));
	return { call, clock, stored, logged, used, read, credentials, secret };
}

describe("where the current value is refused", () => {
	test.each<{ name: string; values: Values; taken: string[]; used: string[]; answer: string; outcome?: string }>([
		{
			name: "the next one is tried",
			values: { current: "a", next: "b", previous: "c" },
			taken: ["b", "c"],
			used: ["a", "b"],
			answer: "b",
			outcome: "next",
		},
		{
			name: "then the one before",
			values: { current: "a", next: "b", previous: "c" },
			taken: ["c"],
			used: ["a", "b", "c"],
			answer: "c",
			outcome: "previous",
		},
		{
			name: "without a rotation the one before is",
			values: { current: "a", previous: "c" },
			taken: ["c"],
			used: ["a", "c"],
			answer: "c",
			outcome: "previous",
		},
		{ name: "and there is no other one, that is told", values: { current: "a" }, taken: [], used: ["a"], answer: "unauthorized" },
		{
			name: "and all the others are, too, that is told",
			values: { current: "a", next: "b" },
			taken: [],
			used: ["a", "b"],
			answer: "unauthorized",
		},
		{
			name: "the same value is not sent twice",
			values: { current: "a", next: "a", previous: "a" },
			taken: [],
			used: ["a"],
			answer: "unauthorized",
		},
	])("$name", async ({ values, taken, used, answer, outcome }) => {
		const world = rotated(values);
		expect(await world.call(taken)).toBe(answer);
		expect(world.used).toEqual(used);
		expect(world.logged.map((entry) => entry.outcome)).toEqual(outcome === undefined ? [] : [outcome]);
	});

	test.each<{ reason: FailureReason; tries: boolean }>([
		{ reason: "unauthorized", tries: true },
		{ reason: "forbidden", tries: true },
		{ reason: "rejected", tries: true },
		{ reason: "timeout", tries: false },
		{ reason: "unavailable", tries: false },
		{ reason: "rate-limited", tries: false },
		{ reason: "not-found", tries: false },
	])("by $reason, another one is tried: $tries", async ({ reason, tries }) => {
		const world = rotated({ current: "a", next: "b" }, reason);
		expect(await world.call(["b"])).toBe(tries ? "b" : reason);
	});

	test("what was taken instead stays in hand for five minutes, and the journal is told once, without a value", async () => {
		const world = rotated({ current: "secret-a", next: "secret-b" });
		for (let calls = 0; calls < 3; calls += 1) await world.call(["secret-b"]);
		expect(world.used).toEqual(["secret-a", "secret-b", "secret-b", "secret-b"]);
		world.clock.move(300_000);
		await world.call(["secret-b"]);
		expect(world.used.slice(4)).toEqual(["secret-a", "secret-b"]);
		expect(world.logged).toEqual([
			{ what: "credential-switched", outcome: "next", detail: "twilio: Twilio: expected 2xx from the account, got 401" },
		]);
		expect(JSON.stringify(world.logged)).not.toContain("secret-");
	});

	test("a rotation that begins later is noticed within a minute", async () => {
		const world = rotated({ current: "a" });
		expect(await world.call(["b"])).toBe("unauthorized");
		world.stored.next = "b";
		expect(await world.call(["b"])).toBe("unauthorized");
		world.clock.move(60_000);
		expect(await world.call(["b"])).toBe("b");
	});

	test("a new current value is read at once", async () => {
		const world = rotated({ current: "a" });
		expect(await world.call(["a"])).toBe("a");
		world.stored.current = "b";
		expect(await world.call(["b"])).toBe("b");
		expect(world.logged).toEqual([]);
	});

	test("a call that may have been carried out is not made once more", async () => {
		const { credentials, used } = rotated({ current: "a", next: "b", previous: "c" });
		const answer = withCredentials(credentials, async ({ key }) => {
			used.push(key);
			throw new EdgeError(key === "a" ? "unauthorized" : "timeout", "no", { retry: true });
		});
		await expect(answer).rejects.toMatchObject({ reason: "timeout" });
		expect(used).toEqual(["a", "b"]);
	});

	test("others that cannot be read are not there: the refusal is what is told", async () => {
		const world = rotated({ current: "a" });
		const broken = {
			...world.secret,
			readSecret: cachedSecrets(async (_, version) => {
				if (version !== "current") throw new EdgeError("unreachable", "Secrets Manager", { retry: true });
				return '{"key":"a"}';
			}, world.clock),
		};
		expect(await world.call([], secretDocument(broken))).toBe("unauthorized");
	});
});

test("a check does not count what was valid before", async () => {
	const world = rotated({ current: "a", previous: "c" });
	expect(await world.call(["c"], withoutPrevious(world.credentials))).toBe("unauthorized");
	world.stored.next = "b";
	world.clock.move(60_000);
	expect(await world.call(["b"], withoutPrevious(world.credentials))).toBe("b");
});

test("while nothing is refused, only the current value is read", async () => {
	const world = rotated({ current: "a", next: "b", previous: "c" });
	expect(await world.call(["a"])).toBe("a");
	expect(world.read).toEqual(["current"]);
});

test("what others sign with is taken by the current and the next value, and never by the one before", async () => {
	const { secret } = rotated({ current: "a", next: "b", previous: "leaked" });
	expect(await validDocuments(secret)).toEqual([{ key: "a" }, { key: "b" }]);
});
