import type { Incident } from "../model/incident.ts";
import type { Ports } from "../ports.ts";

/** Queues what opened for its response. Throws EdgeError. */
export async function enqueue(
	{ queue, journal }: Pick<Ports, "queue" | "journal">,
	{ key, occurrence }: Pick<Incident, "key" | "occurrence">,
): Promise<void> {
	await queue.send({ incidentKey: key, occurrence }, 0);
	journal.log({ what: "queued", incident: key, occurrence });
}
