import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readStackFile, withSettings } from "../../rehearsal/scenario/stackFile.ts";
import type { Deployment } from "../../rehearsal/world/deploy.ts";
import { createOfflineWorld } from "../../rehearsal/world/offlineWorld.ts";
import { type Cloud, startCloud } from "./cloud.ts";
import { type Judge, startJudge } from "./judge.ts";
import { remedied } from "./stories.ts";

let judge: Judge;
let cloud: Cloud;
let dev: Deployment;

beforeAll(async () => {
	judge = await startJudge();
	cloud = await startCloud(judge);
	dev = await deployed(cloud, "dev");
});
afterAll(async () => {
	await cloud.close();
	await judge.close();
});

/** Makes everything that a stack declares: AWS's part in moto, that of Genesys Cloud in its emulator. */
async function deployed({ account, deploy }: Cloud, stack: string, settings: Readonly<Record<string, unknown>> = {}): Promise<Deployment> {
	const file = withSettings(readStackFile(stack), settings);
	return (await createOfflineWorld({ file, seed: 7, trunks: [], account, deploy })).deployment;
}

const typesOf = ({ resources }: Deployment): ReadonlySet<string> =>
	new Set(resources.flatMap(({ type }) => (type.startsWith("aws:") ? type : [])));

describe("every resource that is declared is one that AWS's models and moto take", () => {
	test("in dev", () => {
		expect(dev.failures).toEqual([]);
		expect(typesOf(dev).size).toBeGreaterThan(15);
	});

	test.each([
		["in prod", "prod", {}],
		["in dev with everything that a stack may have", "dev", { ...remedied.settings, events: { topics: { trunks: {} } } }],
	])("%s", async (_, stack, settings) => {
		const own = await startCloud(judge);
		const { failures } = await deployed(own, stack, settings);
		await own.close();
		expect(failures).toEqual([]);
	});
});

describe("a fault that is planted in what is declared is found", () => {
	test.each([
		["aws:lambda/function:Function", { runtime: "nodejs99.x" }, "CreateFunction.Runtime: expected one of "],
		["aws:iam/role:Role", { description: "poller → ledger" }, "CreateRole.Description: expected "],
		["aws:sqs/queue:Queue", { name: "runbooks dispatch" }, "Can only include alphanumeric characters"],
		["aws:lambda/function:Function", { layers: [] }, 'Unrecognized key: "layers"'],
		["aws:s3/bucket:Bucket", {}, "aws:s3/bucket:Bucket planted: expected one of aws:iam/role:Role, "],
	])("in %s: %o", async (type, wrong, reason) => {
		const inputs = dev.resources.find((each) => each.type === type)?.inputs ?? {};
		await expect(cloud.make({ type, name: "planted", inputs: { ...inputs, ...wrong } })).rejects.toThrow(reason);
	});
});
