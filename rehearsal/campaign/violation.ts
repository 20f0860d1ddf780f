/** Where an invariant does not hold. */
export interface Violation {
	readonly atSeconds: number;
	readonly what: string;
}
