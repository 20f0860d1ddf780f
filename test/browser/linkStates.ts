import type { Incident } from "../../functions/pipeline/model/incident.ts";
import { EdgeError } from "../../functions/pipeline/ports.ts";
import { type LinkWorld, offer } from "../functions/linkWorld.ts";
import { incident, noRemedies, remediating, seconds } from "../functions/pipeline/fixtures.ts";

/** What nobody would type, but somebody can: as long as a name may be, without a space, from right to left, and with what HTML means. */
const hostileName = `\u202eترنك <b onclick="x">&amp;"' ${"W".repeat(200)}`;

const group = { kind: "emergency-group", groupId: "3f0c8a54-6f0e-4c11-9d2b-7b1f5f2f9a10" } as const;
const running = offer({ remedy: group, state: "in-effect", by: "person", actedAt: seconds(60), verifyBy: seconds(240) });
const unreachable = () => Promise.reject(new EdgeError("timeout", "Lambda: expected an answer, got none", { retry: true }));
const trouble: Partial<Incident> = {
	severity: "critical",
	reading: {
		...incident().reading,
		place: "edge-fra-01",
		location: { site: { id: "s", name: "Frankfurt" }, division: { id: "d", name: "DACH \u0642\u0633\u0645" } },
	},
	children: ["Support", "Sales", "\u0627\u0644\u0645\u0628\u064a\u0639\u0627\u062a"].map((name, index) => ({
		key: `inc:1:dev:queue-overflow:${index}`,
		condition: "queue-overflow",
		name,
		since: seconds(60),
	})),
};

/** What a person comes to by a link. */
interface State {
	readonly name: string;
	readonly link: "approve" | "acknowledge" | "unknown" | "forged";
	readonly world?: LinkWorld;
	/** Whether its button was pressed. */
	readonly pressed?: true;
}

/** Every answer that a person may see. */
export const states: readonly State[] = [
	{ name: "approve-question", link: "approve" },
	{ name: "approve-begun", link: "approve", pressed: true },
	{ name: "approve-expired", link: "approve", world: { at: 400 } },
	{ name: "approve-used", link: "approve", world: { about: { remedy: running } } },
	{ name: "approve-over", link: "approve", world: { about: { state: "recovered", recoveredAt: seconds(90) } } },
	{ name: "approve-refused", link: "approve", pressed: true, world: { acts: { inspect: async () => "in-effect" } } },
	{ name: "approve-hostile", link: "approve", world: { about: { entityName: hostileName, summary: `SIP trunk ${hostileName} is down` } } },
	{ name: "approve-unreachable", link: "approve", world: { change: { remedies: { ...noRemedies, approve: unreachable } } } },
	{ name: "approve-forged", link: "forged" },
	{ name: "acknowledge-question", link: "acknowledge", world: { about: trouble } },
	{ name: "acknowledge-done", link: "acknowledge", pressed: true },
	{
		name: "acknowledge-already",
		link: "acknowledge",
		world: { about: { acknowledged: { at: seconds(30), by: "Ada", tier: 2, channel: "pagerduty" } } },
	},
	{ name: "acknowledge-over", link: "acknowledge", world: { about: { state: "closed", severity: "low", recoveredAt: seconds(90) } } },
	{ name: "acknowledge-expired", link: "acknowledge", world: { at: 90_000, about: { severity: "medium" } } },
	{ name: "no-page", link: "unknown" },
];

/** A world in which an emergency group was offered. */
export const offeringGroup = (world: LinkWorld = {}): LinkWorld => ({
	settings: remediating({ mode: "approve", remedy: group }),
	...world,
	about: { remedy: offer({ remedy: group }), ...world.about },
});
