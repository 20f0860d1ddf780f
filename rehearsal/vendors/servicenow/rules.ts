import { type Fields, type Incident, state } from "./record.ts";

/** A base system's values of `close_code`: those of the releases since Utah. */
const closeCodes: readonly string[] = [
	"Duplicate",
	"Known error",
	"No resolution provided",
	"Resolved by caller",
	"Resolved by change",
	"Resolved by problem",
	"Resolved by request",
	"Solution provided",
	"Workaround provided",
	"User error",
];

const openStates: readonly string[] = [state.new, state.inProgress, state.onHold];

export const isThere = ({ deletedAt }: Incident): boolean => deletedAt === undefined;
export const isOpen = (incident: Incident): boolean => isThere(incident) && openStates.includes(incident.fields.state ?? "");

/** Why the API may not change a record so; undefined where it may. A code that is none of the choices counts as none. */
export function refusalOf(before: Fields, after: Fields): string | undefined {
	// Whether every role of the API is kept from what is closed depends on its access controls: an assumption, the one that is noticed soonest.
	if (before.state === state.closed || before.state === state.canceled) return "ACL Exception Update Failed due to security constraints";
	if (after.state !== state.resolved && after.state !== state.closed) return undefined;
	const { close_code: code = "", close_notes: notes = "" } = after;
	const missing = [...(closeCodes.includes(code) ? [] : ["Resolution code"]), ...(notes === "" ? ["Resolution notes"] : [])];
	return missing.length === 0 ? undefined : `Data Policy Exception: The following fields are mandatory: ${missing.join(", ")}`;
}

/** When it was resolved, as far as it is; what is opened again is not. */
export const resolution = ({ state: at = "" }: Fields, { resolvedAt }: Incident, now: number): Pick<Incident, "resolvedAt"> =>
	openStates.includes(at) ? {} : { resolvedAt: resolvedAt ?? now };
