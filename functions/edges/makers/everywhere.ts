import type { Parts, Services } from "../parts.ts";
import type { Ports } from "../ports.ts";

/** What every function has. */
export const everywhere = {
	settings: ({ sources }: Parts): Ports["settings"] => sources.settings,
	clock: ({ sources }: Parts): Ports["clock"] => sources.clock,
	deadline: ({ sources }: Parts): Ports["deadline"] => sources.deadline,
	journal: ({ sources }: Parts): Ports["journal"] => sources.journal,
	newId: ({ sources }: Parts): Ports["newId"] => sources.newId,
	ledger: ({ ledger }: Parts): Ports["ledger"] => ledger(),
};

/** The dispatch queue, for the functions that open incidents and the one that takes its messages. */
export const queueing = {
	queue: ({ environment, queue }: Parts & Pick<Services, "queue">): Ports["queue"] => queue(environment.queueUrl()),
};
