import * as pulumi from "@pulumi/pulumi";
import { generatedText } from "../../components/genesys/generatedFile.ts";
import { namespace } from "../../components/settings/secrets.ts";
import program from "../../index.ts";
import type { Problem } from "../report/verdict.ts";
import { withoutStackTraces } from "./stackTraces.ts";

/** One custom resource as the program declares it, secrets unwrapped. */
export interface DeclaredResource {
	readonly type: string;
	readonly name: string;
	readonly inputs: Readonly<Record<string, unknown>>;
}

/** Changes a resource before it is made, or leaves it out by returning undefined: for rehearsals of a broken deployment. */
export type Tamper = (resource: DeclaredResource) => DeclaredResource | undefined;

export interface Deployment {
	readonly resources: readonly DeclaredResource[];
	/** Resources that could not be made, and why. */
	readonly failures: readonly Problem[];
	/** What the program says of settings that contradict each other. */
	readonly warnings: readonly string[];
	/** The stack's outputs, resolved. */
	readonly outputs: unknown;
}

export interface DeployOptions {
	readonly stack: string;
	readonly config: Readonly<Record<string, string>>;
	/** Full keys of the secrets among `config`. */
	readonly secretKeys: readonly string[];
	/** Makes a resource in the world; throws where the world refuses it. */
	readonly create: (resource: DeclaredResource) => Promise<{ readonly id: string; readonly outputs: Readonly<Record<string, unknown>> }>;
	readonly tamper?: Tamper;
}

/** Runs the Pulumi program in process and makes each resource that it declares, in the order of its dependencies. Throws what the program throws. */
export async function deploy(options: DeployOptions): Promise<Deployment> {
	const resources: DeclaredResource[] = [];
	const failures: Problem[] = [];
	const warnings: string[] = [];
	const one = queue();
	const newResource = (args: pulumi.runtime.MockResourceArgs): Promise<pulumi.runtime.MockResourceResult> =>
		one(async () => {
			const resource = { type: args.type, name: args.name, inputs: plain(args.inputs) };
			if (args.custom !== true) return { id: undefined, state: {} };
			const wanted = options.tamper === undefined ? resource : options.tamper(resource);
			if (wanted === undefined) return { id: `${args.name}-left-out`, state: resource.inputs };
			resources.push(wanted);
			try {
				const made = await options.create(wanted);
				return { id: made.id, state: { ...args.inputs, ...made.outputs } };
			} catch (error) {
				failures.push({ resource: args.name, reason: error instanceof Error ? error.message : String(error) });
				return { id: `${args.name}-failed`, state: resource.inputs };
			}
		});
	pulumi.runtime.setAllConfig({ ...options.config }, [...options.secretKeys]);
	const call = ({ token }: pulumi.runtime.MockCallArgs): never => {
		throw new Error(`Expected no provider function to be called, got ${token}`);
	};
	await pulumi.runtime.setMocks({ newResource, call }, namespace, options.stack, false);
	return withoutStackTraces(async () => {
		const declared = await program((text) => warnings.push(text));
		await settled(() => resources.length + failures.length);
		return { resources, failures, warnings, outputs: await resolved(declared) };
	});
}

/** One after the other in the order of arrival, so that ids are handed out in the same order in every run. */
function queue(): <T>(work: () => Promise<T>) => Promise<T> {
	let last: Promise<unknown> = Promise.resolve();
	return (work) => {
		const next = last.then(work);
		last = next.catch(() => undefined);
		return next;
	};
}

/** `disconnect` alone misses what is registered inside nested applies: wait until nothing new has come three times in a row. */
async function settled(count: () => number): Promise<void> {
	let calm = 0;
	let before = -1;
	while (calm < 3) {
		await pulumi.runtime.disconnect();
		await new Promise((resolve) => setImmediate(resolve));
		calm = count() === before ? calm + 1 : 0;
		before = count();
	}
}

function resolved(value: Readonly<Record<string, pulumi.Input<unknown>>>): Promise<unknown> {
	return new Promise((resolve) => {
		pulumi.all(value).apply(resolve);
	});
}

/** Secrets arrive wrapped; a provider sees them unwrapped. */
function plain(inputs: unknown): Readonly<Record<string, unknown>> {
	const unwrapped = unwrap(inputs);
	return typeof unwrapped === "object" && unwrapped !== null ? Object.fromEntries(Object.entries(unwrapped)) : {};
}

function unwrap(value: unknown): unknown {
	if (pulumi.runtime.isRpcSecret(value)) return unwrap(pulumi.runtime.unwrapRpcSecret(value));
	if (Array.isArray(value)) return value.map(unwrap);
	if (typeof value !== "object" || value === null || pulumi.asset.Asset.isInstance(value) || pulumi.asset.Archive.isInstance(value))
		return value;
	return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unwrap(inner)]));
}

/** The provider reads what this program has generated, and nothing that it has not. */
export async function readGenerated(path: string): Promise<string> {
	const text = generatedText(path);
	if (text === undefined) throw new Error(`Expected a file that the program generates, got ${path}`);
	return text;
}
