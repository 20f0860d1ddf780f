import type { Json, Outcome, TraceEntry } from "../architect/simulate.ts";
import { oneLine } from "./document.ts";

/** One action of a run; `atSeconds` counts from its start. */
export interface RunStep {
	readonly atSeconds: number;
	readonly action: string;
	readonly kind: string;
	readonly path: string;
	readonly values: Readonly<Record<string, Json>>;
}

/** A run as `--json` prints it. */
export interface RunReport {
	readonly outcome: "completed" | "error";
	/** Null: the flow gave none. */
	readonly exitReason: string | null;
	readonly outputs: Readonly<Record<string, Json>>;
	readonly seconds: number;
	readonly actions: number;
	/** Only with the outcome "error". */
	readonly error?: { readonly message: string; readonly action: string; readonly line?: number };
	readonly trace: readonly RunStep[];
}

/** The longest value of a trace in characters on a terminal. */
const longestValue = 120;

/** The outcome of a run that began at `start`, without the clock. */
export function runReport({ outcome, exitReason, outputs, seconds, actions, error, trace }: Outcome, start: number): RunReport {
	const steps = trace.map(({ at, action, kind, path, values }) => ({ atSeconds: (at - start) / 1000, action, kind, path, values }));
	return { outcome, exitReason: exitReason ?? null, outputs, seconds, actions, ...(error === undefined ? {} : { error }), trace: steps };
}

/** The same to read: one line an action, then how it ended. */
export function runText(outcome: Outcome, start: number): string {
	return [...outcome.trace.map((entry) => stepText(entry, start)), ...endText(outcome)].join("\n");
}

function stepText({ at, kind, path, values }: TraceEntry, start: number): string {
	return `${clockText((at - start) / 1000).padStart(10)}  ${kind.padEnd(11)} ${oneLine(path)}${valuesText(values)}`;
}

function valuesText(values: Readonly<Record<string, Json>>): string {
	const shown = Object.entries(values).map(([name, value]) => `${oneLine(name)} = ${valueText(value)}`);
	return shown.length === 0 ? "" : `\n${" ".repeat(24)}${shown.join(", ")}`;
}

function valueText(value: Json): string {
	const text = value === null ? "NOT_SET" : oneLine(JSON.stringify(value));
	return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
}

function endText({ outcome, exitReason, outputs, seconds, actions, error }: Outcome): string[] {
	const spent = `after ${clockText(seconds)} (h:mm:ss) and ${actions} actions`;
	const reason = exitReason === undefined ? "without an exit reason" : `exit reason ${JSON.stringify(oneLine(exitReason))}`;
	return [
		...(error === undefined
			? [`completed ${spent}, ${reason}`]
			: [
					`ended by an error ${spent}: ${oneLine(error.message)}`,
					`  at "${oneLine(error.action)}"${error.line === undefined ? "" : `, line ${error.line}`}`,
				]),
		...(outcome === "completed" ? Object.entries(outputs).map(([name, value]) => `  ${oneLine(name)} = ${valueText(value)}`) : []),
	];
}

function clockText(seconds: number): string {
	const whole = Math.floor(seconds);
	const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
	const fraction = seconds === whole ? "" : (seconds - whole).toFixed(3).slice(1);
	return `${hours}:${String(minutes).padStart(2, "0")}:${String(rest).padStart(2, "0")}${fraction}`;
}
