import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Stack, Deployment as State } from "@pulumi/pulumi/automation/index.js";
import { Outcome } from "../../rehearsal/engine/outcome.ts";
import { copyProject, type ProjectCopy } from "../../rehearsal/engine/project.ts";
import { openStack, stateIn } from "../../rehearsal/engine/stack.ts";
import { type EngineWorld, serveForEngine } from "../../rehearsal/engine/world.ts";
import type { AccountOptions } from "../../rehearsal/provider/aws/account.ts";
import { readStackFile, type StackFile, withSettings } from "../../rehearsal/scenario/stackFile.ts";
import { usesRealProvider } from "./realProvider.ts";

/** Changes the text of a setting, for a program that has other settings than this one. */
type Rewrite = (text: string) => string;

type Verb = "preview" | "up" | "refresh" | "destroy";

const policyPack = fileURLToPath(new URL("../../policy", import.meta.url));

/** One stack, deployed by the engine to a world of its own. */
export class Deployment {
	readonly world: EngineWorld;
	readonly project: ProjectCopy;
	readonly #file: StackFile;
	readonly #printed: string[] = [];
	readonly #heard: Outcome[] = [];

	private constructor(file: StackFile, world: EngineWorld) {
		this.#file = file;
		this.world = world;
		this.project = copyProject();
	}

	static async open(stack: string, settings: Readonly<Record<string, unknown>> = {}, fault?: AccountOptions["fault"]): Promise<Deployment> {
		const file = withSettings(readStackFile(stack), settings);
		return new Deployment(file, await serveForEngine(file, fault));
	}

	/** One operation with the stack's settings and others laid over them. Rejects with the engine's words where it fails. */
	async run(verb: Verb, settings: Readonly<Record<string, unknown>> = {}, rewrite: Rewrite = (text) => text): Promise<Outcome> {
		const outcome = new Outcome();
		this.#heard.push(outcome);
		const stack = await this.#open(settings, rewrite);
		const print = (text: string): void => void this.#printed.push(text);
		await stack[verb]({ onEvent: outcome.hear, onOutput: print, onError: print });
		return outcome;
	}

	/** A preview that the policy pack looks at: what it says of its policies. Rejects where a mandatory one is broken. */
	async judged(): Promise<string> {
		const stack = await this.#open({}, (text) => text);
		const { stdout } = await stack.preview({ policyPacks: [policyPack] });
		return stdout;
	}

	/** An operation that is to fail: what it did, and what it said. */
	async failing(
		verb: Verb,
		settings: Readonly<Record<string, unknown>> = {},
	): Promise<{ readonly outcome: Outcome; readonly said: string }> {
		try {
			await this.run(verb, settings);
		} catch (error) {
			const outcome = this.#heard.at(-1) ?? new Outcome();
			return { outcome, said: String(error) };
		}
		throw new Error(`expected ${verb} to fail, got a success`);
	}

	/** The state as the engine exports it, secrets in plain text: what the stack consists of. */
	async state(): Promise<State> {
		return (await this.#open({})).exportStack();
	}

	/** Every file of the backend: the state as it is kept, those before it, and the history. */
	get #kept(): string {
		const folder = stateIn(this.project);
		const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
		return files.map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8")).join("\n");
	}

	/** Everything that could be read by somebody so far: events, what the engine printed, the state. */
	get readable(): Readonly<Record<"events" | "debug" | "output" | "state", string>> {
		const events = this.#heard.map(({ told }) => told).join("\n");
		const debug = this.#heard.map(({ whispered }) => whispered).join("\n");
		return { events, debug, output: this.#printed.join(""), state: this.#kept };
	}

	/** The stack's secrets, which must never be readable. */
	get planted(): readonly string[] {
		return Object.values(this.#secrets);
	}

	/** The secrets of the OAuth clients that the stack makes for its functions. */
	get issued(): readonly string[] {
		const stored = [...this.world.account.state.secrets.values()].map((versions) => JSON.parse(versions.at("AWSCURRENT")?.text ?? "{}"));
		return stored.flatMap(({ clientSecret }) => (typeof clientSecret === "string" ? [clientSecret] : []));
	}

	/** Changes a file of the program. */
	edit(path: string, change: (text: string) => string): void {
		const file = join(this.project.folder, path);
		const before = readFileSync(file, "utf8");
		const after = change(before);
		if (after === before) throw new Error(`expected a change of ${path}, got none`);
		writeFileSync(file, after);
	}

	async close(): Promise<void> {
		await this.world.close();
		this.project.remove();
	}

	get #secrets(): Readonly<Record<string, string>> {
		return Object.fromEntries(this.#file.settings.secrets.map(({ key }) => [key, `planted-for-${key}`]));
	}

	#open(settings: Readonly<Record<string, unknown>>, rewrite: Rewrite = (text) => text): Promise<Stack> {
		const file = withSettings(this.#file, settings);
		const config = Object.fromEntries(Object.entries(file.config).map(([key, text]) => [key, rewrite(text)]));
		return openStack({
			project: this.project,
			file: { ...file, config },
			secrets: this.#secrets,
			genesys: this.world.genesys,
			awsUrl: this.world.awsUrl,
			realGenesys: usesRealProvider(),
			path: process.env.PATH ?? "",
		});
	}
}
