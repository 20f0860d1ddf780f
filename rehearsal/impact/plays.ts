import { availableParallelism } from "node:os";
import { canonicalJson } from "../../components/genesys/canonicalJson.ts";
import { type Came, createPlayer, type OneOfMany, type Refused } from "../many/oneOfMany.ts";
import { sideBySide } from "../many/sideBySide.ts";
import type { Report } from "../report/report.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { type StackFile, StackFileError, withSettings } from "../scenario/stackFile.ts";

/** One scenario under both settings. */
export type Played =
	/** Its own settings lie over all that differs: it says nothing of the change. */
	| { readonly scenario: string; readonly what: "same-settings" }
	| { readonly scenario: string; readonly what: "played"; readonly from: Report; readonly to: Report }
	/** It cannot be played under one of them, or either: it names what is not there. */
	| { readonly scenario: string; readonly what: "does-not-fit"; readonly from?: string; readonly to?: string };

export interface BothSettings {
	readonly stack: string;
	/** The stack files as texts and as they were read. */
	readonly from: { readonly text: string; readonly file: StackFile };
	readonly to: { readonly text: string; readonly file: StackFile };
}

/** Said as the work goes on: after so many of so many rehearsals. */
export type Progress = (done: number, of: number) => void;

/** Plays every scenario under both settings, on as many threads as are worth it; in the order of the scenarios. */
export async function playBoth(
	scenarios: readonly Scenario[],
	both: BothSettings,
	progress: Progress = () => undefined,
): Promise<readonly Played[]> {
	const differing = scenarios.filter((scenario) => !isSame(scenario, both));
	const { stack } = both;
	const many = differing.flatMap((scenario) =>
		[both.from, both.to].map(({ text }): OneOfMany => ({ scenario, stack, text, seed: 1, json: true })),
	);
	const came: (Came | Refused)[] = [];
	progress(0, many.length);
	for await (const each of playAll(many)) {
		came.push(each);
		progress(came.length, many.length);
	}
	return scenarios.map((scenario): Played => {
		const index = differing.indexOf(scenario);
		const [from, to] = [came[2 * index], came[2 * index + 1]];
		return from === undefined || to === undefined ? { scenario: scenario.name, what: "same-settings" } : playedOf(scenario.name, from, to);
	});
}

function playedOf(scenario: string, from: Came | Refused, to: Came | Refused): Played {
	if ("refused" in from || "refused" in to)
		return {
			scenario,
			what: "does-not-fit",
			...("refused" in from ? { from: from.refused } : {}),
			...("refused" in to ? { to: to.refused } : {}),
		};
	// Each line is the report that a thread wrote.
	return { scenario, what: "played", from: JSON.parse(from.line) as Report, to: JSON.parse(to.line) as Report };
}

/** Fewer rehearsals than this take less time than a thread takes to start. */
const fewestOfThread = 8;

async function* playAll(many: readonly OneOfMany[]): AsyncGenerator<Came | Refused> {
	const threads = Math.min(availableParallelism(), Math.floor(many.length / fewestOfThread));
	if (threads > 1) return yield* sideBySide(many, threads);
	const player = createPlayer();
	for (const one of many) yield await player(one);
}

/** Whether both settings are equal once the scenario's own lie over them: stories are equal byte for byte then. */
function isSame({ settings }: Scenario, { from, to }: BothSettings): boolean {
	const laid = ({ file }: BothSettings["from"]): string =>
		canonicalJson(settings === undefined ? file.config : withSettings(file, settings).config);
	try {
		return laid(from) === laid(to);
	} catch (error) {
		// It is told by the play.
		if (error instanceof StackFileError) return false;
		throw error;
	}
}
