/** Does work under a name, by which people are told what is still waited for. */
export type Track = <T>(name: string, work: () => Promise<T>) => Promise<T>;

export interface Progress {
	readonly track: Track;
	/** Nothing is said after it. */
	end(): void;
}

/** Work that is under way at once. */
const atOnce = 8;
/** After so long, and again after as long, it says what it waits for. */
const quietMilliseconds = 2000;
const longestLine = 78;

/** Bounds how much is under way at once, and says what is waited for when that takes long. */
export function progress(say: (line: string) => void): Progress {
	const underWay = new Set<string>();
	const waiting: (() => void)[] = [];
	let free = atOnce;
	const timer = setInterval(() => {
		if (underWay.size > 0) say(lineOf([...underWay]));
	}, quietMilliseconds);
	return {
		track: async (name, work) => {
			if (free > 0) free -= 1;
			else await new Promise<void>((resolve) => waiting.push(resolve));
			underWay.add(name);
			try {
				return await work();
			} finally {
				underWay.delete(name);
				const next = waiting.shift();
				if (next === undefined) free += 1;
				else next();
			}
		},
		end: () => clearInterval(timer),
	};
}

function lineOf(names: readonly string[]): string {
	const line = `… waiting for ${names.join(", ")}`;
	return line.length <= longestLine ? line : `${line.slice(0, longestLine - 1)}…`;
}
