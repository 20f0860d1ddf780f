import type { Outcome } from "./playSeed.ts";

/** What a campaign came to, all seeds together. */
export interface Figures {
	readonly seeds: number;
	readonly failures: number;
	/** Seeds whose settings the program does not deploy. */
	readonly refused: number;
	readonly incidents: number;
	readonly incidentHours: number;
	readonly hours: number;
	readonly seconds: number;
	/** Failing seeds of each invariant. */
	readonly broken: Readonly<Record<string, number>>;
}

/** Adds outcomes up. */
export class Tally {
	readonly #outcomes: Outcome[] = [];

	add(outcome: Outcome): void {
		this.#outcomes.push(outcome);
	}

	/** Failing outcomes by seed. */
	failing(): readonly Outcome[] {
		return this.#outcomes.filter(({ broken }) => broken.length > 0).toSorted((a, b) => a.seed - b.seed);
	}

	figures(seconds: number): Figures {
		const sum = (of: (outcome: Outcome) => number): number => this.#outcomes.reduce((total, outcome) => total + of(outcome), 0);
		const names = this.failing().flatMap(({ broken }) => [...new Set(broken.map(({ invariant }) => invariant))]);
		return {
			seeds: this.#outcomes.length,
			failures: this.failing().length,
			refused: this.#outcomes.filter(({ refused }) => refused !== undefined).length,
			incidents: sum(({ incidents }) => incidents),
			incidentHours: Math.round(sum(({ incidentHours }) => incidentHours)),
			hours: Math.round(sum(({ hours }) => hours)),
			seconds: Math.round(seconds),
			broken: Object.fromEntries(
				[...Map.groupBy(names, (name) => name)].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, all]) => [name, all.length]),
			),
		};
	}
}

/** A number with commas. */
export const thousands = (number: number): string => number.toLocaleString("en");

/** The figures in one line. */
export function figuresLine({ seeds, failures, refused, incidents, incidentHours, hours, seconds }: Figures): string {
	const speed = seconds === 0 ? "" : `, ${thousands(Math.round(incidentHours / seconds))} incident-hours a second`;
	return `${thousands(seeds)} seeds, ${thousands(failures)} failed, ${thousands(refused)} refused; ${thousands(incidents)} incidents, ${thousands(incidentHours)} incident-hours in ${thousands(hours)} hours of virtual time; ${thousands(seconds)} s${speed}`;
}
