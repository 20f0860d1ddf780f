import pb from "@pulumi/pulumi/proto/provider_pb.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import manifest from "../../../package.json" with { type: "json" };
import { secret, unknownText, type Values } from "../../../rehearsal/engine/marks.ts";
import { awsPlugin, awsVersion } from "../../../rehearsal/provider/aws/plugin.ts";
import { readStackFile, withSettings } from "../../../rehearsal/scenario/stackFile.ts";
import { declare } from "../../../rehearsal/world/declare.ts";
import { engineOf } from "./client.ts";

const queue = "aws:sqs/queue:Queue";
const lambdaUrl = "aws:lambda/functionUrl:FunctionUrl";
const secretType = "aws:secretsmanager/secret:Secret";
const versionType = "aws:secretsmanager/secretVersion:SecretVersion";
const mapping = "aws:lambda/eventSourceMapping:EventSourceMapping";
const { DIFF_NONE, DIFF_SOME } = pb.DiffResponse.DiffChanges;

type Engine = Awaited<ReturnType<typeof engineOf>>;
let engine: Engine;

beforeAll(async () => {
	engine = await engineOf(awsPlugin());
	await engine.configure({ region: "eu-west-1" });
});
afterAll(() => engine.close());

describe("what every provider answers", () => {
	test("it takes secrets and resources, and knows previews", async () => {
		expect((await engine.handshake()).toObject()).toMatchObject({ acceptSecrets: true, acceptResources: true });
		expect((await engine.configure({ region: "eu-west-1" })).toObject()).toMatchObject({ supportspreview: true, acceptsecrets: true });
	});

	test("it is of the version of the package in use", async () => {
		expect((await engine.pluginInfo()).getVersion()).toBe(awsVersion);
		expect(awsVersion).toBe(manifest.dependencies["@pulumi/aws"]);
	});

	test("its configuration comes back as it is, and it may be told to stop", async () => {
		expect(await engine.checkConfig({ region: "eu-west-1", defaultTags: secret("x") })).toEqual({
			region: "eu-west-1",
			defaultTags: secret("x"),
		});
		await expect(engine.cancel()).resolves.toBeDefined();
	});

	test("what it does not do is not implemented", async () => {
		await expect(engine.schema()).rejects.toMatchObject({ code: 12 });
	});

	test("a package with a parameter is another provider's", async () => {
		await expect(engine.parameterize("{}")).rejects.toThrow("expected a package without a parameter");
	});
});

describe("Check", () => {
	test.each<readonly [string, string, Values, readonly (readonly [string, string])[]]>([
		["an unknown type", "aws:s3/bucket:Bucket", {}, [["", "expected one of aws:iam/role:Role, "]]],
		["an unknown property", queue, { name: "a", colour: "red" }, [["", 'Unrecognized key: "colour"']]],
		[
			"an unknown inner property",
			"aws:lambda/function:Function",
			{ role: "arn:aws:iam::1:role/a", loggingConfig: { logFormat: "JSON", a: 1 } },
			[["loggingConfig", 'Unrecognized key: "a"']],
		],
		["a missing required one", "aws:lambda/function:Function", {}, [["role", "Invalid input: expected string, received undefined"]]],
		[
			"a value that is none of those allowed",
			lambdaUrl,
			{ functionName: "f", authorizationType: "MAYBE" },
			[["authorizationType", 'Invalid option: expected one of "AWS_IAM"|"NONE"']],
		],
		[
			"a runtime that there is not",
			"aws:lambda/function:Function",
			{ role: "arn:aws:iam::1:role/a", runtime: "nodejs99.x" },
			[["runtime", "Invalid option: expected one of "]],
		],
		[
			"a number out of its range",
			queue,
			{ visibilityTimeoutSeconds: 50_000 },
			[["visibilityTimeoutSeconds", "Too big: expected number to be <=43200"]],
		],
		["a policy that is no JSON", "aws:iam/rolePolicy:RolePolicy", { role: "a", policy: "Allow" }, [["policy", "expected a JSON document"]]],
		[
			"a wrong value inside a secret",
			queue,
			{ visibilityTimeoutSeconds: secret("long") },
			[["visibilityTimeoutSeconds", "Invalid input: expected number, received string"]],
		],
	])("refuses %s", async (_, type, news, expected) => {
		const { failures } = await engine.check(type, news);
		expect(failures.map(({ property }) => property)).toEqual(expected.map(([property]) => property));
		for (const [index, [, reason]] of expected.entries()) expect(failures[index]?.reason).toContain(reason);
	});

	test("hands back the inputs with their secrets and what is not known yet, and judges neither", async () => {
		const news = {
			name: secret("a"),
			visibilityTimeoutSeconds: unknownText,
			redrivePolicy: secret(unknownText),
			tags: { Team: unknownText },
		};
		expect(await engine.check(queue, news)).toEqual({ inputs: news, failures: [] });
	});

	test("a list that is not known yet is not judged either", async () => {
		const list = "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2";
		expect((await engine.check(mapping, { functionName: "f", functionResponseTypes: list })).failures).toEqual([]);
	});

	test.each(["dev", "prod"])("takes everything that %s declares", async (stack) => {
		const file = withSettings(readStackFile(stack), {
			events: { topics: { trunks: {} } },
			watch: { emails: ["a@customer.example"], pager: true },
		});
		const declared = (await declare(file)).filter(({ type }) => type.startsWith("aws:"));
		const types = new Set(declared.map(({ type }) => type));
		expect(types.size).toBeGreaterThan(20);
		for (const { type, name, inputs } of declared) {
			const { code, ...others } = inputs;
			const sent = code === undefined ? others : { ...others, code: { hash: "of the bundle" } };
			expect([name, (await engine.check(type, sent)).failures]).toEqual([name, []]);
		}
	});
});

describe("Diff", () => {
	const place = { type: queue, name: "work", id: "" };
	const before = { name: "work", visibilityTimeoutSeconds: 30, tags: { a: "1", b: "2" } };

	test.each<readonly [string, Values, Awaited<ReturnType<Engine["diff"]>>]>([
		[
			"nothing",
			{ tags: { b: "2", a: "1" }, visibilityTimeoutSeconds: 30, name: "work" },
			{ changes: DIFF_NONE, diffs: [], replaces: [], deletesFirst: false },
		],
		[
			"a setting",
			{ ...before, visibilityTimeoutSeconds: 60 },
			{ changes: DIFF_SOME, diffs: ["visibilityTimeoutSeconds"], replaces: [], deletesFirst: false },
		],
		[
			"a name, which needs a new one",
			{ ...before, name: "other" },
			{ changes: DIFF_SOME, diffs: ["name"], replaces: ["name"], deletesFirst: false },
		],
		[
			"a setting that is gone",
			{ name: "work", tags: before.tags },
			{ changes: DIFF_SOME, diffs: ["visibilityTimeoutSeconds"], replaces: [], deletesFirst: false },
		],
		["what is not known yet", { ...before, tags: unknownText }, { changes: DIFF_SOME, diffs: ["tags"], replaces: [], deletesFirst: false }],
		[
			"only that it is a secret now",
			{ ...before, name: secret("work") },
			{ changes: DIFF_NONE, diffs: [], replaces: [], deletesFirst: false },
		],
	])("tells of %s", async (_, after, expected) => {
		expect(await engine.diff(place, before, after)).toEqual(expected);
	});

	test("of a table whose key changes and whose name stays the old one goes first", async () => {
		const table = { name: "incidents", hashKey: "pk", billingMode: "PAY_PER_REQUEST", ttl: { attributeName: "exp", enabled: true } };
		const answer = await engine.diff({ type: "aws:dynamodb/table:Table", name: "t", id: "" }, table, { ...table, hashKey: "id" });
		expect(answer).toEqual({ changes: DIFF_SOME, diffs: ["hashKey"], replaces: ["hashKey"], deletesFirst: true });
	});

	test("a write-only value is no difference, its version is", async () => {
		const version = {
			secretId: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:a-1",
			secretStringWo: secret("one"),
			secretStringWoVersion: 1,
		};
		const at = { type: versionType, name: "v", id: "" };
		expect(await engine.diff(at, version, { ...version, secretStringWo: secret("two") })).toMatchObject({ changes: DIFF_NONE });
		expect(await engine.diff(at, version, { ...version, secretStringWo: secret("two"), secretStringWoVersion: 2 })).toMatchObject({
			replaces: ["secretStringWoVersion"],
		});
	});

	test("equal archives are no difference", async () => {
		const code = (hash: string) => ({ "4dabf18193072939515e22adb298388d": "0def7320c3a5731c473e5ecbe6d01bc7", hash, assets: {} });
		const of = (hash: string) => ({
			name: "runbooks-dev-poller",
			role: "arn:aws:iam::1:role/a",
			handler: "index.handler",
			code: code(hash),
		});
		const at = { type: "aws:lambda/function:Function", name: "f", id: "" };
		expect(await engine.diff(at, of("a"), { ...of("a"), code: { ...code("a"), assets: { again: "written" } } })).toMatchObject({
			changes: DIFF_NONE,
		});
		expect(await engine.diff(at, of("a"), of("b"))).toMatchObject({ diffs: ["code"], replaces: [] });
	});
});

describe("a resource's life", () => {
	test("in a preview only what making it tells is unknown", async () => {
		const inputs = { name: "previewed", tags: { Team: secret("a") } };
		expect(await engine.create(queue, "q", inputs, true)).toEqual({ id: "", outputs: { ...inputs, arn: unknownText, url: unknownText } });
		expect(
			await engine.read({ type: queue, name: "q", id: "https://sqs.eu-west-1.amazonaws.com/111122223333/previewed" }, {}, {}),
		).toMatchObject({ inputs: {} });
	});

	test("made, read, changed and gone", async () => {
		const inputs = { name: "alive", visibilityTimeoutSeconds: 30 };
		const { id, outputs } = await engine.create(queue, "q", inputs);
		expect(id).toBe("https://sqs.eu-west-1.amazonaws.com/111122223333/alive");
		expect(outputs).toEqual({ ...inputs, arn: "arn:aws:sqs:eu-west-1:111122223333:alive", url: id });
		const place = { type: queue, name: "q", id };
		expect(await engine.read(place, inputs, outputs)).toEqual({ id, inputs, outputs });
		const after = { ...inputs, visibilityTimeoutSeconds: 60 };
		expect(await engine.update(place, inputs, { ...after, name: unknownText }, true)).toMatchObject({
			name: unknownText,
			visibilityTimeoutSeconds: 60,
		});
		expect(await engine.read(place, inputs, outputs)).toEqual({ id, inputs, outputs });
		expect(await engine.update(place, inputs, after)).toEqual({ ...outputs, ...after });
		expect(await engine.read(place, inputs, outputs)).toEqual({ id, inputs: after, outputs: { ...outputs, ...after } });
		await engine.delete(place, after);
		await expect(engine.create(queue, "q", inputs)).resolves.toMatchObject({ id });
	});

	test("no two have one name", async () => {
		await engine.create(queue, "q", { name: "twice" });
		await expect(engine.create(queue, "q", { name: "twice" })).rejects.toThrow("expected an unused name");
	});

	test("secrets stay secrets, and a write-only one never comes back", async () => {
		const made = await engine.create(secretType, "s", { name: "dev/key", recoveryWindowInDays: 0 });
		const inputs = { secretId: made.id, secretStringWo: secret("hidden"), secretStringWoVersion: 1 };
		const version = await engine.create(versionType, "v", inputs);
		expect(Object.keys(version.outputs).toSorted()).toEqual(["arn", "secretId", "secretStringWoVersion", "versionId"]);
		const place = { type: versionType, name: "v", id: version.id };
		expect((await engine.read(place, inputs, version.outputs)).inputs).toEqual(inputs);
		expect((await engine.create(queue, "q", { name: secret("quiet") })).outputs.name).toEqual(secret("quiet"));
	});

	test("what an earlier process made is known by the engine's word for it", async () => {
		const inputs = { name: "earlier" };
		const arn = "arn:aws:sqs:eu-west-1:111122223333:earlier";
		await expect(engine.create(mapping, "m", { functionName: "f", eventSourceArn: arn })).rejects.toThrow("expected a declared function");
		await engine.diff({ type: queue, name: "q", id: "https://sqs.eu-west-1.amazonaws.com/111122223333/earlier" }, inputs, inputs);
		await expect(engine.create(queue, "again", inputs)).rejects.toThrow("expected an unused name");
	});
});

describe("Invoke", () => {
	test.each([
		["aws:index/getCallerIdentity:getCallerIdentity", { accountId: "111122223333", arn: "arn:aws:iam::111122223333:user/deployer" }],
		["aws:index/getRegion:getRegion", { region: "eu-west-1" }],
		["aws:index/getPartition:getPartition", { partition: "aws", dnsSuffix: "amazonaws.com" }],
	])("%s", async (token, answer) => {
		expect(await engine.invoke(token, {})).toMatchObject(answer);
	});

	test("another one is refused", async () => {
		await expect(engine.invoke("aws:s3/getBucket:getBucket", {})).rejects.toThrow("expected one of aws:index/getCallerIdentity");
	});
});
