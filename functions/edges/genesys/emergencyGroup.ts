import type { EmergencyGroupRemedy } from "../../pipeline/model/remedy.ts";
import { EdgeError, type RemedyActs, type RemedyOrder } from "../../pipeline/ports.ts";
import { failure, field } from "../http/http.ts";
import { authorized, type GenesysCloudOptions } from "./api.ts";
import { system } from "./listing.ts";

/** Somebody may save the group between our GET and our PUT, which must name the version that it replaces. */
const maximumTries = 3;

/** Emergency groups, on and off. `PUT /api/v2/architect/emergencygroups/{id}` replaces the whole group and is versioned (SDK model `EmergencyGroup`). */
export function emergencyGroups(options: GenesysCloudOptions): RemedyActs {
	const call = authorized(options);
	const pathOf = (order: RemedyOrder): string => `/api/v2/architect/emergencygroups/${encodeURIComponent(remedyOf(order).groupId)}`;
	const set = async (order: RemedyOrder, enabled: boolean): Promise<string> => {
		let refused: unknown;
		for (let tried = 0; tried < maximumTries; tried += 1) {
			const group = await call(pathOf(order));
			if (isOn(group) === enabled) return versionOf(group);
			try {
				return versionOf(await call(pathOf(order), { ...Object(group), enabled }, "PUT"));
			} catch (error) {
				// 409, or 400 on older versions of the API: read again. Whatever else it is will be refused again.
				if (!(error instanceof EdgeError && error.reason === "rejected")) throw error;
				refused = error;
			}
		}
		throw refused;
	};
	return {
		look: async (order) => (isOn(await call(pathOf(order))) ? "in-effect" : "off"),
		act: async (order) => ({ receipt: await set(order, true) }),
		progress: async () => "done",
		undo: async (order) => {
			// Somebody had switched it on before us: it is theirs.
			if (order.before !== "off") return "nothing-to-undo";
			await set(order, false);
			return "undone";
		},
	};
}

function remedyOf({ remedy }: RemedyOrder): EmergencyGroupRemedy {
	if (remedy.kind === "emergency-group") return remedy;
	throw failure("misconfigured", `${system}: expected a remedy of kind "emergency-group", got "${remedy.kind}"`);
}

function isOn(group: unknown): boolean {
	const enabled = field(group, "enabled");
	if (typeof enabled === "boolean") return enabled;
	throw failure("malformed", `${system}: expected "enabled" of the emergency group to be true or false, got ${typeof enabled}`);
}

const versionOf = (group: unknown): string => `version ${String(field(group, "version"))}`;
