import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** A process that Pulumi's language host would have started. */
export interface Plugin {
	readonly address: string;
	readonly end: () => Promise<void>;
}

interface Surroundings {
	readonly cwd: string;
	readonly env?: Readonly<Record<string, string>>;
}

/** Starts one of the SDK's runners, which tells its port on the first line. Throws where it ends before. */
export async function startPlugin(
	runner: "run-plugin" | "run-policy-pack",
	args: readonly string[],
	{ cwd, env = {} }: Surroundings,
): Promise<Plugin> {
	const program = fileURLToPath(new URL(`../../node_modules/@pulumi/pulumi/cmd/${runner}`, import.meta.url));
	const child = spawn(process.execPath, [program, ...args], { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "inherit"] });
	const ended = once(child, "exit");
	const early = ended.then(([code]) => Promise.reject(new Error(`Expected a port of ${runner}, got an end with ${code}`)));
	const port = await Promise.race([firstLine(child), early]);
	// It ends by our hand from now on.
	early.catch(() => undefined);
	return {
		address: `127.0.0.1:${port}`,
		end: async () => {
			child.kill();
			await ended;
		},
	};
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
	let text = "";
	for await (const chunk of stdout ?? []) {
		text += String(chunk);
		if (text.includes("\n")) return text.trim();
	}
	// The other side of the race tells how it ended.
	return new Promise(() => undefined);
}
