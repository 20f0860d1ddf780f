import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import type { AwsIdentity } from "../../../functions/edges/vendors/awsSignature.ts";
import type { DeclaredFunction } from "../../../rehearsal/aws/state.ts";
import { type Judge, region } from "../judge.ts";
import { filesOf } from "../provision/lambda.ts";
import { Environment } from "./environment.ts";

export interface RunnersOptions {
	readonly judge: Judge;
	/** Where AWS is. */
	readonly endpoint: () => string;
	/** Where everything else is. */
	readonly outside: () => string;
	readonly printed: (by: DeclaredFunction, line: string) => void;
}

interface Held {
	readonly declared: DeclaredFunction;
	readonly keys: Required<AwsIdentity>;
}

const credentials = z.object({ AccessKeyId: z.string(), SecretAccessKey: z.string(), SessionToken: z.string() });

/** Runs the shipped bundles, each with its function's variables and the keys of its role. */
export class Runners {
	readonly #options: RunnersOptions;
	readonly #held = new Map<string, Promise<Held>>();
	readonly #known: Held[] = [];
	readonly #idle = new Map<string, Environment[]>();
	readonly #all: Environment[] = [];
	readonly #folder = fileURLToPath(new URL(`../../../build/aws/functions-${process.pid}/`, import.meta.url));

	constructor(options: RunnersOptions) {
		this.#options = options;
	}

	/** Runs a function once, in an idle environment or a new one. Throws as Environment does. */
	async run(declared: DeclaredFunction, event: unknown, storyTime: number): Promise<unknown> {
		await this.#options.judge.tellTime(storyTime);
		const idle = this.#idle.get(declared.name) ?? [];
		this.#idle.set(declared.name, idle);
		const environment = idle.pop() ?? (await this.#start(declared));
		try {
			return await environment.invoke(event, storyTime);
		} finally {
			idle.push(environment);
		}
	}

	/** The function that signs with this key. */
	holderOf(accessKeyId: string): DeclaredFunction | undefined {
		return this.#known.find(({ keys }) => keys.accessKeyId === accessKeyId)?.declared;
	}

	keysOf(accessKeyId: string): Required<AwsIdentity> | undefined {
		return this.#known.find(({ keys }) => keys.accessKeyId === accessKeyId)?.keys;
	}

	async close(): Promise<void> {
		await Promise.all(this.#all.map((environment) => environment.end()));
		rmSync(this.#folder, { recursive: true, force: true });
	}

	async #start(declared: DeclaredFunction): Promise<Environment> {
		const { printed, endpoint, outside } = this.#options;
		const { accessKeyId, secretAccessKey, sessionToken } = (await this.#keys(declared)).keys;
		const environment = new Environment({
			taskRoot: await this.#unpack(declared),
			timeoutSeconds: declared.timeoutSeconds,
			env: {
				...declared.env,
				AWS_LAMBDA_FUNCTION_NAME: declared.name,
				AWS_REGION: region,
				AWS_ACCESS_KEY_ID: accessKeyId,
				AWS_SECRET_ACCESS_KEY: secretAccessKey,
				AWS_SESSION_TOKEN: sessionToken,
				AWS_ENDPOINT_URL: endpoint(),
				OUTSIDE: outside(),
			},
			printed: (line) => printed(declared, line),
		});
		this.#all.push(environment);
		return environment;
	}

	/** Those of the function's role, as STS gives them to Lambda. */
	#keys(declared: DeclaredFunction): Promise<Held> {
		const known = this.#held.get(declared.name);
		if (known !== undefined) return known;
		const { judge, endpoint } = this.#options;
		const input = { RoleArn: declared.roleArn, RoleSessionName: declared.name };
		const made = judge.call({ service: "sts", operation: "AssumeRole", input, endpoint: endpoint() }).then(({ Credentials }): Held => {
			const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken } = credentials.parse(Credentials);
			const held = { declared, keys: { accessKeyId, secretAccessKey, sessionToken } };
			this.#known.push(held);
			return held;
		});
		this.#held.set(declared.name, made);
		return made;
	}

	/** The archive, as it lies in an execution environment. */
	async #unpack({ name, code }: DeclaredFunction): Promise<string> {
		const folder = `${this.#folder}${name}`;
		rmSync(folder, { recursive: true, force: true });
		mkdirSync(folder, { recursive: true });
		for (const [file, held] of Object.entries(await filesOf(code)))
			if ("path" in held) copyFileSync(held.path, `${folder}/${file}`);
			else writeFileSync(`${folder}/${file}`, held.text);
		return folder;
	}
}
