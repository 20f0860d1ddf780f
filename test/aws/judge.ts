import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { preparePython } from "./python.ts";

export const accountId = "111122223333";
export const region = "eu-central-1";

/** An API call of AWS, as its service model names it. A zip is `{$archive: {name: {text} | {path}}}`. */
export interface ApiCall {
	readonly service: string;
	readonly operation: string;
	readonly input: unknown;
}

/** One action on one resource, and the document that may allow it; with `principal` that document is a trust policy. */
export interface PermissionRequest {
	readonly document: string;
	readonly action: string;
	readonly resource: string;
	readonly context: Readonly<Record<string, string>>;
	readonly principal?: string;
}

/** moto, and what botocore's service models and moto's IAM say. Every method rejects where the judge has died. */
export interface Judge {
	readonly endpoint: string;
	/** Judges a call by its model and makes it at `endpoint`. Throws Error with every problem, or with what the service says. */
	call(call: ApiCall & { readonly endpoint: string }): Promise<Readonly<Record<string, unknown>>>;
	/** Everything that the service's model says against a call. */
	validate(call: ApiCall): Promise<readonly string[]>;
	/** For each request the places, from 0, of the statements that allow it. */
	allowing(requests: readonly PermissionRequest[]): Promise<readonly (readonly number[])[]>;
	/** moto's queues live in the story's time. */
	tellTime(milliseconds: number): Promise<void>;
	close(): Promise<void>;
}

/** Starts the judge, which ends with this process, however that ends. Throws Error where Python has not what it takes. */
export async function startJudge(): Promise<Judge> {
	const python = preparePython();
	if ("missing" in python) throw new Error(python.missing);
	const script = fileURLToPath(new URL("judge.py", import.meta.url));
	const keys = { AWS_ACCESS_KEY_ID: "deployer", AWS_SECRET_ACCESS_KEY: "deployer", MOTO_ACCOUNT_ID: accountId };
	const env = { PATH: process.env.PATH, HOME: "/nonexistent", PYTHONDONTWRITEBYTECODE: "1", ...keys };
	const child = spawn(python.path, [script], { env, stdio: ["pipe", "pipe", "inherit"] });
	const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
	const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
	const next = async (): Promise<Readonly<Record<string, unknown>>> => {
		const { value, done } = await lines.next();
		if (done === true) throw new Error("expected an answer of test/aws/judge.py, got its end");
		return JSON.parse(value);
	};
	let last: Promise<unknown> = Promise.resolve();
	const ask = (what: object): Promise<unknown> => {
		const answer = last.then(async () => {
			child.stdin.write(`${JSON.stringify(what)}\n`);
			const { answer: given, problems } = await next();
			if (Array.isArray(problems)) throw new Error(problems.join("; "));
			return given;
		});
		last = answer.catch(() => undefined);
		return answer;
	};
	const { endpoint } = await next();
	return {
		endpoint: String(endpoint),
		call: async (call) => Object(await ask({ do: "call", ...call })),
		validate: async (call) => (await ask({ do: "validate", ...call })) as readonly string[],
		allowing: async (requests) => (await ask({ do: "allowing", requests })) as readonly (readonly number[])[],
		tellTime: async (milliseconds) => void (await ask({ do: "time", milliseconds })),
		close: () => {
			child.stdin.end();
			return ended;
		},
	};
}
