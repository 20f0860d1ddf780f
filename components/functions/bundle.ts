import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { type BuildOptions, build } from "esbuild";
import type { RuntimeSettings } from "../../functions/pipeline/settings.ts";
import { writeGenerated } from "../genesys/generatedFile.ts";
import { settingsFile } from "./settingsFile.ts";

export const functionNames = ["poller", "normalizer", "dispatcher", "ledger", "overseer", "remediator", "messenger", "listener"] as const;
export type FunctionName = (typeof functionNames)[number];
/** The text of `index.mjs` of each function. */
export type Bundles = Readonly<Record<FunctionName, string>>;

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * One bundle for each handler in `functions/`, the same bytes for the same sources in every folder and on every machine.
 * Throws a RunError that says what does not bundle.
 */
export function bundleFunctions(): Promise<Bundles> {
	bundled ??= bundleOnce();
	return bundled;
}

/** The sources do not change while a program runs; a rehearsal that deploys many times bundles once. */
let bundled: Promise<Bundles> | undefined;

async function bundleOnce(): Promise<Bundles> {
	const texts = await bundleAll();
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

/** Where the bundle of a function stands, relative to the project. */
export const bundlePath = (name: FunctionName) => `build/functions/${name}.mjs` as const;

/** The bundles that stand in their files already: a rehearsal deploys the same ones many times. */
const written = new WeakSet<Bundles>();

/** Puts each bundle where its archive looks for it: half a megabyte of text each is too much to hand to the engine with every resource. */
export function writeBundles(bundles: Bundles): void {
	if (written.has(bundles)) return;
	for (const name of functionNames) writeGenerated(bundlePath(name), bundles[name]);
	written.add(bundles);
}

/** The archive of a function: its bundle, and the settings that it reads beside it at cold start. */
export function functionArchive(name: FunctionName, settings: RuntimeSettings): pulumi.asset.AssetArchive {
	return new pulumi.asset.AssetArchive({
		"index.mjs": new pulumi.asset.FileAsset(bundlePath(name)),
		"settings.json": new pulumi.asset.StringAsset(settingsFile(settings)),
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

/** The program of each handler. */
export const entryPoints = functionNames.map((name) => `functions/${name}.ts`);

/** All in one run: what the handlers have in common is parsed once. */
async function bundleAll(): Promise<ReadonlyMap<string, string>> {
	try {
		const { outputFiles } = await build({ ...bundleOptions, entryPoints });
		return new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
	} catch (error) {
		throw new pulumi.RunError(`Expected functions/ to bundle, got: ${error instanceof Error ? error.message : String(error)}`);
	}
}
