import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bundles, bundleFunctions, functionNames } from "../../components/functions/bundle.ts";
import program from "../../index.ts";
import { type Declaration, declared, type Stack } from "./declared.ts";
import { stackOf } from "./stacks.ts";
import { the } from "./system.ts";

let dev: Declaration;
let again: Declaration;
beforeAll(async () => {
	dev = await declared(program, stackOf("dev"));
	again = await declared(program, stackOf("dev"));
});

/** The inputs with archives as digests of what is in them. */
async function comparable({ resources }: Declaration): Promise<unknown> {
	const rows = resources.map(async ({ type, name, parent, inputs }) => {
		const { code, ...rest } = inputs;
		return [`${type} ${name}`, parent, rest, code instanceof pulumi.asset.AssetArchive ? await contents(code) : undefined] as const;
	});
	return (await Promise.all(rows)).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

const digestOf = (text: string): string => createHash("sha256").update(text).digest("hex");

async function contents(archive: pulumi.asset.AssetArchive): Promise<readonly string[]> {
	const assets = Object.entries(await archive.assets);
	const texts = assets.map(async ([file, asset]) => {
		if (asset instanceof pulumi.asset.FileAsset) return `${file} ${await asset.path} ${digestOf(readFileSync(await asset.path, "utf8"))}`;
		const text = asset instanceof pulumi.asset.StringAsset ? await asset.text : "";
		return `${file} ${digestOf(text)}`;
	});
	return Promise.all(texts);
}

/** Without a runbook that may act there is no remediator, without a channel that only functions can call no messenger. */
const deployed = functionNames.filter((name) => !["remediator", "messenger", "listener"].includes(name));

describe("the program", () => {
	it("has outputs in reading order, and no secret among them", () => {
		const outputs = Object(dev.outputs);
		expect(Object.keys(outputs)).toEqual([
			"webhookUrl",
			"flowIds",
			"tableName",
			"queueUrl",
			"alarmTopicArn",
			"dashboard",
			"functions",
			"roles",
		]);
		expect(outputs).toEqual({
			webhookUrl: "https://runbooks-intake-normalizer-url.test/",
			flowIds: { telephony: "runbooks-response-telephony-flow-id", "it-operations": "runbooks-response-it-operations-flow-id" },
			tableName: "runbooks-dev-incidents",
			queueUrl: "https://sqs.test/runbooks-dispatch-queue",
			alarmTopicArn: "arn:Topic:runbooks-dev-alarms",
			dashboard: "runbooks-dev",
			functions: Object.fromEntries(deployed.map((name) => [name, `runbooks-dev-${name}`])),
			roles: {
				...Object.fromEntries(deployed.map((name) => [name, `runbooks-dev-${name}`])),
				genesysLedger: "runbooks-dev-genesys-ledger",
			},
		});
	});

	it("declares equal inputs when it runs again", async () => {
		expect(await comparable(again)).toEqual(await comparable(dev));
	});

	it.each(["telephony", "it-operations"])(
		"writes the workflow of %s where its flow resource looks for it, before anything is declared",
		(policy) => {
			const { filepath } = the(dev, "Flow", `runbooks-response-${policy}-flow`).inputs;
			expect(filepath).toBe(`build/flows/runbooks-dev/response-${policy}.yaml`);
			expect(readFileSync(new URL(`../../${filepath}`, import.meta.url), "utf8")).toMatch(/^workflow:\n/);
		},
	);
});

describe("a refusal", () => {
	/** How the program fails, and how much it had declared by then. */
	async function refusal({ config, secretKeys, stack = "dev" }: Stack): Promise<{ readonly error: unknown; readonly declared: number }> {
		const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
		const all = Object.entries(config).map(([key, value]) => [`genesyscloud-runbooks:${key}`, text(value)]);
		pulumi.runtime.setAllConfig(
			Object.fromEntries(all),
			secretKeys.map((key) => `genesyscloud-runbooks:${key}`),
		);
		let count = 0;
		const newResource = ({ inputs, name }: pulumi.runtime.MockResourceArgs) => {
			count += 1;
			return { id: `${name}-id`, state: { arn: `arn:aws:test:eu-central-1:111122223333:${name}`, ...inputs } };
		};
		await pulumi.runtime.setMocks({ newResource, call: () => ({}) }, "genesyscloud-runbooks", stack, false);
		const error: unknown = await program().then(
			() => undefined,
			(reason: unknown) => reason,
		);
		await pulumi.runtime.disconnect();
		return { error, declared: count };
	}

	it("of settings comes before anything is declared, as a RunError with the line to type", async () => {
		const { config } = stackOf("dev");
		const { "twilio-authToken": _, ...incomplete } = config;
		const { error, declared: count } = await refusal({ ...stackOf("dev"), config: incomplete });
		expect(pulumi.RunError.isInstance(error)).toBe(true);
		expect(error).toMatchObject({ message: expect.stringContaining("pulumi config set --secret genesyscloud-runbooks:twilio-authToken") });
		expect(count).toBe(0);
	});

	it("of a policy that no workflow can carry out comes before anything is declared", async () => {
		const tier = (name: string) => ({ name, channels: [{ kind: "sms", to: "+15555550101" }] });
		const telephony = { acknowledgeSeconds: 86_400, staleSeconds: 172_800, tiers: ["a", "b", "c", "d"].map(tier) };
		const { config, ...stack } = stackOf("dev");
		const { error, declared: count } = await refusal({
			...stack,
			config: { ...config, policies: { ...Object(config.policies), telephony } },
		});
		expect(pulumi.RunError.isInstance(error)).toBe(true);
		expect(error).toMatchObject({ message: expect.stringMatching(/acknowledgeSeconds: expected at most 57300, because tiers/) });
		expect(count).toBe(0);
	});

	it("is what stops it: the same program declares a great deal otherwise", async () => {
		const { error, declared: count } = await refusal(stackOf("dev"));
		expect(error).toBeUndefined();
		expect(count).toBeGreaterThan(10);
	});
});

describe("a bundle", () => {
	const folder = mkdtempSync(join(tmpdir(), "bundles-"));
	let bundles: Bundles;
	beforeAll(async () => {
		bundles = await bundleFunctions("dynamodb");
	});
	afterAll(() => rmSync(folder, { recursive: true }));

	it.each(functionNames)("of the %s loads by itself and exports its handler", async (name) => {
		const file = join(folder, `${name}.mjs`);
		writeFileSync(file, bundles[name]);
		const module: unknown = await import(/* @vite-ignore */ pathToFileURL(file).href);
		expect(typeof Reflect.get(Object(module), "handler")).toBe("function");
	});

	it("for a ledger in Redis loads by itself, too: its client is CommonJS", async () => {
		const file = join(folder, "redis.mjs");
		writeFileSync(file, (await bundleFunctions("redis")).ledger);
		const module: unknown = await import(/* @vite-ignore */ pathToFileURL(file).href);
		expect(typeof Reflect.get(Object(module), "handler")).toBe("function");
	});

	it("is the same bytes each time, and names no folder of this machine", async () => {
		expect(await bundleFunctions("dynamodb")).toEqual(bundles);
		for (const name of functionNames) expect(bundles[name]).not.toContain(process.cwd());
	});
});
