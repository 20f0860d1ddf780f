import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { type BuildOptions, build } from "esbuild";
import { writeGenerated } from "../genesys/generatedFile.ts";
import type { Settings } from "../settings/settings.ts";
import { settingsFile } from "./settingsFile.ts";

export const functionNames = ["poller", "normalizer", "dispatcher", "ledger", "overseer", "remediator", "messenger", "listener"] as const;
export type FunctionName = (typeof functionNames)[number];
/** The text of `index.mjs` of each function. */
export type Bundles = Readonly<Record<FunctionName, string>>;

/** Where the ledger is kept: the client of one kind is in a bundle, and not that of the other. */
export type LedgerKind = "dynamodb" | "redis";

export const ledgerKindOf = ({ redis }: Pick<Settings, "redis">): LedgerKind => (redis === undefined ? "dynamodb" : "redis");

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * One bundle for each handler in `functions/`, the same bytes for the same sources in every folder and on every machine.
 * Throws a RunError that says what does not bundle.
 */
export function bundleFunctions(kind: LedgerKind): Promise<Bundles> {
	const known = bundled.get(kind) ?? bundleOnce(kind);
	bundled.set(kind, known);
	return known;
}

/** The sources do not change while a program runs; a rehearsal that deploys many times bundles once. */
const bundled = new Map<LedgerKind, Promise<Bundles>>();

async function bundleOnce(kind: LedgerKind): Promise<Bundles> {
	const texts = await bundleAll(kind);
	const textOf = (name: FunctionName): string => {
		const text = texts.get(`${name}.js`);
		if (text === undefined) throw new pulumi.RunError(`Expected a bundle of functions/${name}.ts, got ${[...texts.keys()].join(", ")}`);
		return text;
	};
	return {
		poller: textOf("poller"),
		normalizer: textOf("normalizer"),
		dispatcher: textOf("dispatcher"),
		ledger: textOf("ledger"),
		overseer: textOf("overseer"),
		remediator: textOf("remediator"),
		messenger: textOf("messenger"),
		listener: textOf("listener"),
	};
}

const folders = { dynamodb: "build/functions", redis: "build/functions/redis" } as const satisfies Record<LedgerKind, string>;
const pathOf = (name: FunctionName, kind: LedgerKind) => `${folders[kind]}/${name}.mjs` as const;

/** The bundles that stand in their files already: a rehearsal deploys the same ones many times. */
const written = new WeakSet<Bundles>();

/** Puts each bundle where its archive looks for it: half a megabyte of text each is too much to hand to the engine with every resource. */
export function writeBundles(bundles: Bundles, kind: LedgerKind): void {
	if (written.has(bundles)) return;
	for (const name of functionNames) writeGenerated(pathOf(name, kind), bundles[name]);
	written.add(bundles);
}

/** The archive of a function: its bundle, and the settings that it reads beside it at cold start. */
export function functionArchive(name: FunctionName, settings: Pick<Settings, "runtime" | "redis">): pulumi.asset.AssetArchive {
	return new pulumi.asset.AssetArchive({
		"index.mjs": new pulumi.asset.FileAsset(pathOf(name, ledgerKindOf(settings))),
		"settings.json": new pulumi.asset.StringAsset(settingsFile(settings.runtime)),
	});
}

/**
 * Of the SDK's chain of places to find keys in, a function needs the first: its environment. The others are imported only when it holds none, and
 * would be a third of each bundle.
 */
const otherPlacesOfKeys = [
	"@aws-sdk/credential-provider-http",
	"@aws-sdk/credential-provider-ini",
	"@aws-sdk/credential-provider-process",
	"@aws-sdk/credential-provider-sso",
	"@aws-sdk/credential-provider-web-identity",
	"@smithy/credential-provider-imds",
];

/** How a program becomes a function's bundle. */
export const bundleOptions = {
	absWorkingDir: root,
	outdir: "build/functions",
	bundle: true,
	write: false,
	minify: true,
	sourcemap: false,
	platform: "node",
	target: "node24",
	format: "esm",
	// Without it esbuild takes the CommonJS build of the AWS SDK, which is larger and fails at import.
	mainFields: ["module", "main"],
	external: otherPlacesOfKeys,
	logLevel: "silent",
} satisfies BuildOptions & { write: false };

/** The same for the functions of a stack whose ledger is of that kind. */
export const bundleOptionsOf = (kind: LedgerKind) => ({ ...bundleOptions, ...(kind === "redis" ? ofRedis : {}) });

/** `#ledger` of package.json is chosen by the first; ioredis is CommonJS, and asks for Node's modules by `require`. */
const ofRedis = {
	conditions: ["redis", "module"],
	banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
} satisfies BuildOptions;

/** The program of each handler. */
export const entryPoints = functionNames.map((name) => `functions/${name}.ts`);

/** All in one run: what the handlers have in common is parsed once. */
async function bundleAll(kind: LedgerKind): Promise<ReadonlyMap<string, string>> {
	try {
		const { outputFiles } = await build({ ...bundleOptionsOf(kind), entryPoints });
		return new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
	} catch (error) {
		throw new pulumi.RunError(`Expected functions/ to bundle, got: ${error instanceof Error ? error.message : String(error)}`);
	}
}
