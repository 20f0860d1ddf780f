import { spawn } from "node:child_process";
import { Bench } from "tinybench";

/** Median milliseconds of each work, measured by tinybench one after the other: `times` each, and once before to warm up. */
export async function mediansOf<T extends string>(
	works: Readonly<Record<T, () => Promise<unknown>>>,
	times: number,
): Promise<Readonly<Record<T, number>>> {
	const bench = new Bench({ iterations: times, time: 0, warmupIterations: 1, warmupTime: 0 });
	for (const name of Object.keys(works) as T[]) bench.add(name, async () => void (await works[name]()));
	await bench.run();
	const medians = bench.tasks.map(({ name, result }) => {
		if (!("latency" in result)) throw new Error(`Expected ${name} to be measured, got ${result.state}`);
		return [name, result.latency.p50] as const;
	});
	return Object.fromEntries(medians) as Record<T, number>;
}

export interface Ended {
	readonly status: number | null;
	readonly out: string;
}

/** Runs a script of this repository on this Node, to its end. */
export function node(...args: readonly string[]): Promise<Ended> {
	return new Promise((resolve, reject) => {
		const cwd = new URL("../../", import.meta.url);
		const child = spawn(process.execPath, args, { cwd, stdio: ["ignore", "pipe", "ignore"] });
		let out = "";
		child.stdout.setEncoding("utf8").on("data", (text: string) => {
			out += text;
		});
		child.once("error", reject);
		child.once("close", (status) => resolve({ status, out }));
	});
}

/** The same; throws Error where it does not end well. */
export async function nodeWell(...args: readonly string[]): Promise<string> {
	const { status, out } = await node(...args);
	if (status !== 0) throw new Error(`Expected ${args.join(" ")} to exit 0, got ${status}`);
	return out;
}
