/** A record as the Table API has it: every value is a text, a reference the `sys_id` of what it names, "" where nothing is set. */
export type Fields = Readonly<Record<string, string>>;

/** An incident, and what a rehearsal wants to know of it. Times are the vendor's own, in milliseconds. */
export interface Incident {
	readonly fields: Fields;
	/** The name of the group that it was first assigned to; "" where it was nobody's. */
	readonly group: string;
	/** Absent for one that people made. */
	readonly isByApi: boolean;
	readonly createdAt: number;
	/** When a person answered it first; absent once that was taken back. */
	readonly answeredAt?: number;
	readonly resolvedAt?: number;
	/** A deleted record is nowhere to be found. */
	readonly deletedAt?: number;
}

/** The values of `incident.state` on a base system. */
export const state = { new: "1", inProgress: "2", onHold: "3", resolved: "6", closed: "7", canceled: "8" } as const;

/** What a caller may write, and its most characters: what is longer is cut. */
const writable: Readonly<Record<string, number>> = {
	state: 40,
	correlation_id: 100,
	correlation_display: 100,
	short_description: 160,
	description: 4000,
	impact: 40,
	urgency: 40,
	category: 40,
	assignment_group: 32,
	assigned_to: 32,
	caller_id: 32,
	parent_incident: 32,
	hold_reason: 40,
	close_code: 40,
	close_notes: 4000,
	work_notes: 4000,
	comments: 4000,
};

const written = [
	"sys_id",
	"number",
	"priority",
	"active",
	"incident_state",
	"opened_at",
	"resolved_at",
	"resolved_by",
	"closed_at",
	"sys_created_on",
	"sys_created_by",
	"sys_updated_on",
	"sys_updated_by",
	"sys_mod_count",
] as const;

/** Every column that this emulator has of the table. */
export const columns: readonly string[] = [...Object.keys(writable), ...written];

/** What a body sets: columns that there are not, and those that the system writes, are dropped without a word. */
export function readFields(body: Readonly<Record<string, unknown>>): Fields {
	const set = Object.entries(body).flatMap(([name, value]) => {
		const length = Object.hasOwn(writable, name) ? writable[name] : undefined;
		return length === undefined || value === null ? [] : [[name, String(value).slice(0, length)] as const];
	});
	return Object.fromEntries(set);
}

/** Impact and urgency look the priority up: high and high is 1, low and low is 5. */
const priorityOf = ({ impact = "3", urgency = "3" }: Fields): string => {
	const sum = Number(impact || "3") + Number(urgency || "3") - 1;
	return Number.isInteger(sum) ? String(Math.min(5, Math.max(1, sum))) : "5";
};

/** A time as the API writes it: UTC without saying so. */
export const wholeSeconds = (at: number): string => new Date(at).toISOString().slice(0, 19).replace("T", " ");

/** A record after it was set: what the system computes of it follows. */
export function saved(before: Fields, set: Fields, { by, now }: { readonly by: string; readonly now: number }): Fields {
	const merged = { ...before, ...set };
	const { state: current = state.new } = merged;
	const at = wholeSeconds(now);
	const isOver = current === state.resolved || current === state.closed;
	const wasOver = before.state === state.resolved || before.state === state.closed;
	return {
		...merged,
		incident_state: current,
		priority: priorityOf(merged),
		active: String(current !== state.closed && current !== state.canceled),
		...(isOver && !wasOver ? { resolved_at: at, resolved_by: by } : {}),
		...(current === state.closed && before.state !== state.closed ? { closed_at: at } : {}),
		sys_updated_on: at,
		sys_updated_by: by,
		sys_mod_count: String(Number(before.sys_mod_count ?? "-1") + 1),
	};
}
