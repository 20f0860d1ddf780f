import { EdgeError } from "../functions/pipeline/model/failure.ts";
import { type Order, remedyKind, type Tools } from "./remedy.ts";

/** Somebody may save the group between our GET and our PUT, which must name the version that it replaces. */
const mostTries = 3;

const system = "Genesys Cloud";

/** Switches an emergency group of Genesys Cloud on, and off again: its call flows answer instead of the ordinary ones. */
export const emergencyGroup = remedyKind({
	kind: "emergency-group",
	settings: {
		groupId: {
			kind: "text",
			pattern: /^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/,
			expected: "the id of an emergency group, a UUID (Admin > Architect > Emergency Groups)",
			about: "Switched on to remedy, and off to undo.",
		},
	},
	identity: ({ groupId }) => groupId,
	called: ({ groupId }) => `emergency group ${groupId}`,
	does: ({ groupId }) => `It switches emergency group ${groupId} on: its call flows answer instead of the ordinary ones.`,
	undoes: () => "Then the group is switched off again, unless it was on before.",
	needs: { permissions: ["routing:emergencyGroup:view", "routing:emergencyGroup:edit"] },
	inspect: async (order, tools) => (isOn(await tools.genesys(pathOf(order))) ? "in-effect" : "off"),
	act: async (order, tools) => ({ receipt: await set(order, tools, true) }),
	progress: async () => "done",
	undo: async (order, tools) => {
		// Somebody had switched it on before us: it is theirs.
		if (order.before !== "off") return "nothing-to-undo";
		await set(order, tools, false);
		return "undone";
	},
});

type GroupOrder = Order<{ readonly groupId: string }>;

const pathOf = ({ remedy }: GroupOrder): string => `/api/v2/architect/emergencygroups/${encodeURIComponent(remedy.groupId)}`;

/** `PUT /api/v2/architect/emergencygroups/{id}` replaces the whole group and is versioned (SDK model `EmergencyGroup`). */
async function set(order: GroupOrder, { genesys }: Pick<Tools, "genesys">, enabled: boolean): Promise<string> {
	let refused: unknown;
	for (let tried = 0; tried < mostTries; tried += 1) {
		const group = await genesys(pathOf(order));
		if (isOn(group) === enabled) return versionOf(group);
		try {
			return versionOf(await genesys(pathOf(order), { ...Object(group), enabled }, "PUT"));
		} catch (error) {
			// 409, or 400 on older versions of the API: read again. Whatever else it is will be refused again.
			if (!(error instanceof EdgeError && error.reason === "rejected")) throw error;
			refused = error;
		}
	}
	throw refused;
}

function isOn(group: unknown): boolean {
	const { enabled }: { readonly enabled?: unknown } = Object(group);
	if (typeof enabled === "boolean") return enabled;
	const got = `expected "enabled" of the emergency group to be true or false, got ${typeof enabled}`;
	throw new EdgeError("malformed", `${system}: ${got}`, { retry: false });
}

const versionOf = (group: unknown): string => `version ${String(Object(group).version)}`;
