import { builtinModules } from "node:module";
import { build, type Metafile } from "esbuild";
import { beforeAll, describe, expect, it } from "vitest";
import { bundleOptions, bundleOptionsOf, entryPoints, type FunctionName, functionNames } from "../../../components/functions/bundle.ts";
import { clientsIn, inputsIn } from "../../bench/functionStart/inputs.ts";

let metafile: Metafile;
beforeAll(async () => {
	({ metafile } = await build({ ...bundleOptions, entryPoints, metafile: true }));
}, 60_000);

const outputOf = (name: FunctionName): Metafile["outputs"][string] => {
	const output = metafile.outputs[`build/functions/${name}.js`];
	if (output === undefined) throw new Error(`Expected a bundle of ${name}, got ${Object.keys(metafile.outputs).join(", ")}`);
	return output;
};

const inputsOf = (name: FunctionName): readonly string[] => inputsIn(metafile, name);

const every = ["dynamodb", "secrets-manager"];

/** What each function reaches beside that, whether it pages, and the most that its bundle may have, in bytes: some 3 % above what it has. */
const bundles = {
	ledger: { clients: every, pages: false, most: 472_000 },
	poller: { clients: [...every, "sqs"], pages: false, most: 472_000 },
	listener: { clients: [...every, "sqs"], pages: false, most: 469_000 },
	messenger: { clients: every, pages: true, most: 485_000 },
	dispatcher: { clients: [...every, "sqs"], pages: true, most: 529_000 },
	remediator: { clients: [...every, "ssm"], pages: false, most: 524_000 },
	normalizer: { clients: [...every, "lambda", "sqs"].toSorted(), pages: false, most: 651_000 },
	overseer: { clients: [...every, "lambda", "sqs"].toSorted(), pages: true, most: 690_000 },
} as const satisfies Record<FunctionName, { readonly clients: readonly string[]; readonly pages: boolean; readonly most: number }>;

describe.each(Object.entries(bundles))("the bundle of the %s", (key, { clients, pages, most }) => {
	const name = key as keyof typeof bundles;

	it("holds the clients of the services that the function reaches, and no other", () => {
		expect(clientsIn(metafile, name)).toEqual(clients);
	});

	it(`${pages ? "can" : "cannot"} send a page`, () => {
		expect(inputsOf(name).some((path) => path.startsWith("functions/edges/vendors/pager"))).toBe(pages);
	});

	it("holds no schema of the settings, which were checked when they were deployed", () => {
		expect(inputsOf(name)).not.toContain("functions/schemas/runtimeSettings.ts");
	});

	it(`is at most ${most} bytes`, () => {
		expect(outputOf(name).bytes).toBeLessThanOrEqual(most);
	});

	it("imports nothing at its start that is not in Node", () => {
		const imports = outputOf(name).imports.filter(({ kind }) => kind !== "dynamic-import");
		expect(imports.map(({ path }) => path).filter((path) => !isOfNode(path))).toEqual([]);
	});
});

it.each(["poller", "remediator"] as const)("the %s knows no vendor", (name) => {
	expect(inputsOf(name).filter((path) => path.startsWith("vendors/") && !path.startsWith("vendors/patterns"))).toEqual([]);
});

it("holds no client of Redis", () => {
	expect(Object.keys(metafile.inputs).filter((path) => path.includes("/ioredis/"))).toEqual([]);
});

describe("the bundles of a stack that keeps its ledger in Redis", () => {
	let ofRedis: Metafile;
	beforeAll(async () => {
		({ metafile: ofRedis } = await build({ ...bundleOptionsOf("redis"), entryPoints, metafile: true }));
	}, 60_000);

	it.each(functionNames)("hold its client in place of that of DynamoDB, and the others as before: %s", (name) => {
		expect(clientsIn(ofRedis, name)).toEqual(bundles[name].clients.filter((client) => client !== "dynamodb"));
		expect(inputsIn(ofRedis, name).filter((path) => /ioredis\/built\/Redis\.js$|redis\/ledger\.ts$/.test(path))).toHaveLength(2);
		expect(inputsIn(ofRedis, name).filter((path) => path.includes("dynamodb"))).toEqual([]);
	});
});

const ofNode = new Set(builtinModules);
const isOfNode = (path: string): boolean => ofNode.has(path.replace(/^node:/, ""));
