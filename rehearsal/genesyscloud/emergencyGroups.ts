import * as z from "zod";
import { bodyOf, optionalText } from "./bodies.ts";
import type { Emulator, Route } from "./emulator.ts";
import { conflict, notFound } from "./errors.ts";
import { type EmergencyGroup, homeDivision, type State } from "./state.ts";

const groups = "/api/v2/architect/emergencygroups";

/** SDK model `EmergencyGroup`, as far as an update needs it: a PUT replaces the group and names the version that it replaces. */
const groupBody = z.object({
	name: z.string().min(1),
	description: optionalText,
	version: z.number().int(),
	enabled: z.boolean(),
	emergencyCallFlows: z.array(z.unknown()).optional(),
});

/** Emergency groups: read, and switched on and off under optimistic locking. */
export function emergencyGroupRoutes(emulator: Emulator): Route[] {
	const { state } = emulator;
	const find = (id: string | undefined): EmergencyGroup => state.emergencyGroups.get(id ?? "") ?? fail(id);
	return [
		{
			method: "GET",
			path: `${groups}/:id`,
			permissions: ["routing:emergencyGroup:view"],
			handle: ({ params }) => ({ body: describe(state, find(params.id)) }),
		},
		{
			method: "PUT",
			path: `${groups}/:id`,
			permissions: ["routing:emergencyGroup:edit"],
			handle: ({ params, body }) => {
				const before = find(params.id);
				const { name, version, enabled } = bodyOf(groupBody, body);
				if (version !== before.version) throw conflict(`Expected version ${before.version} of the emergency group, got ${version}`);
				const saved = { ...before, name, enabled, version: version + 1 };
				state.emergencyGroups.set(before.id, saved);
				if (enabled !== before.enabled) emulator.emit({ kind: "emergency-group", at: state.clock.now(), id: before.id, name, enabled });
				return { body: describe(state, saved) };
			},
		},
	];
}

function fail(id: string | undefined): never {
	throw notFound("emergency group", id ?? "");
}

function describe(state: State, { id, name, enabled, version }: EmergencyGroup): Record<string, unknown> {
	const division = homeDivision(state);
	return { id, name, division, version, state: "active", enabled, emergencyCallFlows: [], selfUri: `${groups}/${id}` };
}
