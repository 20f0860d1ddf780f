import type { Instant, Named } from "../model/words.ts";

/** What can be read, each with one request or a few, from the top of the topology down: what fails further up may explain what fails below. */
export const sources = ["edges", "trunks", "queues"] as const;
export type Source = (typeof sources)[number];

/** What the poller needs of one trunk instance (a trunk base × an edge), from Models.Trunk and Models.TrunkMetrics of the vendor's SDK. */
export interface TrunkInstance {
	readonly id: string;
	readonly name: string;
	readonly trunkBase: Named;
	/** The edge that carries this instance; absent where the API names none. */
	readonly edge?: Named;
	/** Absent where the API names none. */
	readonly division?: Named;
	readonly state: string;
	readonly inService: boolean | undefined;
	readonly enabled: boolean | undefined;
	readonly connected: boolean | undefined;
	/** One entry for each proxy address; undefined when OPTIONS are not enabled. */
	readonly options: readonly boolean[] | undefined;
	/** One entry for each proxy address; undefined when registration is not enabled. */
	readonly registers: readonly boolean[] | undefined;
	readonly calls: number | undefined;
	readonly qosMismatches: number | undefined;
}

/** What the poller needs of one edge, from Models.Edge of the vendor's SDK. */
export interface EdgeState {
	readonly id: string;
	readonly name: string;
	/** Absent where the API names none. */
	readonly site?: Named;
	readonly division?: Named;
	/** `active`, `inactive` or `deleted`. */
	readonly state: string;
	/** `ACTIVE` once it is paired and in service; undefined where the API says nothing. */
	readonly statusCode: string | undefined;
	readonly online: boolean | undefined;
}

/** What the poller needs of one queue, from Models.QueueObservationQueryResponse of the vendor's SDK; voice only. */
export interface QueueActivity {
	readonly id: string;
	readonly name: string;
	/** Absent where the API names none. */
	readonly division?: Named;
	/** Conversations that wait; 0 where the API has no row for it; undefined where it has one without a count. */
	readonly waiting: number | undefined;
	/** When those that the API lists began to wait. `truncated`: the oldest and the newest half of them, so the longest wait is among them. */
	readonly waitingSince: readonly Instant[];
	readonly truncated: boolean;
	/** Users who are on queue; undefined where the API does not say. */
	readonly onQueueUsers: number | undefined;
}
