import type { ActiveIncidentRow } from "../../../contracts/activeIncidents.ts";

/** One row as it is found: ours, or somebody's with whatever they wrote into it. */
export interface FoundRow {
	readonly key: string;
	readonly fields: Readonly<Record<string, unknown>>;
}

/**
 * The data table of active incidents. No write is conditional: what was read may be another row by now. Every method throws EdgeError and nothing
 * else. A row that is not there any more is removed, and "gone" where it was to be replaced.
 */
export interface IncidentTable {
	rows(): Promise<readonly FoundRow[]>;
	add(row: ActiveIncidentRow): Promise<void>;
	replace(row: ActiveIncidentRow): Promise<"replaced" | "gone">;
	remove(key: string): Promise<void>;
}
