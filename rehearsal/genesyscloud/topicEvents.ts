import type { Emulator } from "./emulator.ts";
import { isoTime, type Queue, type State, type Trunk } from "./state.ts";
import { describeMetrics, describeTrunk } from "./telephony.ts";
import type { QueueWorld, TelephonyWorld } from "./telephonyWorld.ts";

/** One topic about one entity, with what it says now. */
interface Told {
	readonly topic: string;
	readonly id: string;
	readonly body: Readonly<Record<string, unknown>>;
	/** What makes two of them different. */
	readonly state: string;
}

const integrationType = "amazon-eventbridge-source";

/** Who gets events. */
export interface EventAccount {
	readonly accountId: string;
	readonly region: string;
}

/** The event sources that the enabled integrations offer, to everybody or to one account, each with the topics that it carries. */
function partnerSources({ integrations, organization }: State, account?: EventAccount): ReadonlyMap<string, readonly string[]> {
	const enabled = [...integrations.values()].filter(
		({ typeId, intendedState }) => typeId === integrationType && intendedState === "ENABLED",
	);
	const isFor = ({ awsAccountId, awsAccountRegion }: Readonly<Record<string, unknown>>): boolean =>
		account === undefined || (awsAccountId === account.accountId && awsAccountRegion === account.region);
	return new Map(
		enabled.flatMap(({ config: { properties } }) => {
			const { eventSourceSuffix, eventFilter } = properties;
			const topics = Array.isArray(eventFilter) ? eventFilter.map(String) : [];
			return isFor(properties) ? [[`aws.partner/genesys.com/cloud/${organization.id}/${eventSourceSuffix}`, topics] as const] : [];
		}),
	);
}

/** Does something to the organization, and tells by the integrations what is different then. */
function telling<Args extends readonly unknown[]>(emulator: Emulator, change: (...args: Args) => void): (...args: Args) => void {
	return (...args) => {
		// Most organizations tell nobody.
		if (partnerSources(emulator.state).size === 0) return change(...args);
		const before = new Map(everything(emulator.state).map((each) => [`${each.topic} ${each.id}`, each.state]));
		change(...args);
		for (const told of everything(emulator.state)) if (before.get(`${told.topic} ${told.id}`) !== told.state) publish(emulator, told);
	};
}

type Changes = Pick<TelephonyWorld, "setTrunk" | "setTrunkMetrics" | "degradeTrunk" | "setEdge"> & Pick<QueueWorld, "setQueue">;

/** The same changes, told. */
export const tellingWorld = (emulator: Emulator, world: Changes): Changes => ({
	setTrunk: telling(emulator, world.setTrunk),
	setTrunkMetrics: telling(emulator, world.setTrunkMetrics),
	degradeTrunk: telling(emulator, world.degradeTrunk),
	setEdge: telling(emulator, world.setEdge),
	setQueue: telling(emulator, world.setQueue),
});

/** What can be told without anything having changed. */
export interface TopicWorld {
	/** The names of the event sources that integrations of this organization offer to an account. */
	readonly eventSources: (account: EventAccount) => readonly string[];
	/** What was told last of a trunk is delivered so many times again: at least once is what the vendor promises. */
	repeatTrunkEvents(baseName: string, times: number): void;
	/** So many events about a trunk come in a version that nobody knows. */
	tellUnknownVersion(baseName: string, times: number): void;
	/** An operational event. */
	tellOperation(definition: { readonly id: string; readonly name: string }, entityId: string): void;
}

export function topicWorld(emulator: Emulator): TopicWorld {
	const { state } = emulator;
	const again = (baseName: string, times: number, version?: string): void => {
		const own = [...state.trunks.values()].filter(({ base }) => base.name === baseName);
		if (own.length === 0) throw new Error(`expected a trunk base, got ${baseName}`);
		for (let sent = 0; sent < times; sent += 1)
			for (const trunk of own)
				publish(emulator, trunkTold(state, trunk), { at: trunk.since, ...(version === undefined ? {} : { version }) });
	};
	return {
		eventSources: (account) => [...partnerSources(state, account).keys()],
		repeatTrunkEvents: (baseName, times) => again(baseName, times),
		tellUnknownVersion: (baseName, times) => again(baseName, times, "9"),
		tellOperation: (definition, entityId) => {
			const body = { eventDefinition: definition, entityId, dateCreated: isoTime(state.clock.now()) };
			publish(emulator, { topic: "v2.operations.events.{id}", id: definition.id, body, state: "" });
		},
	};
}

/** The shape of a public blueprint's event (`aws-eventbridge-oauth-client-delete`). */
function publish({ state, emit }: Emulator, { topic, id, body }: Told, { at = state.clock.now(), version = "2" } = {}): void {
	const detail = {
		topicName: topic.replace("{id}", id),
		version,
		eventBody: body,
		metadata: { CorrelationId: state.correlations.uuid() },
		timestamp: isoTime(at),
	};
	for (const [source, topics] of partnerSources(state))
		if (topics.includes(topic)) emit({ kind: "topic", at, id: state.correlations.uuid(), source, detailType: topic, detail });
}

const everything = (state: State): readonly Told[] => [
	...[...state.trunks.values()].flatMap((trunk) => [trunkTold(state, trunk), metricsTold(state, trunk)]),
	...[...state.queues.values()].map((queue) => queueTold(state, queue)),
];

function trunkTold(state: State, trunk: Trunk): Told {
	const { id, connectedStatus, optionsStatus } = describeTrunk(state, trunk);
	const body = { id, connectedStatus, optionsStatus, registersStatus: [] };
	return { topic: "v2.telephony.providers.edges.trunks.{id}", id: trunk.id, body, state: JSON.stringify(body) };
}

function metricsTold(state: State, trunk: Trunk): Told {
	const { eventTime, ...numbers } = describeMetrics(trunk, state.clock.now());
	const told = { topic: "v2.telephony.providers.edges.trunks.{id}.metrics", id: trunk.id };
	return { ...told, body: { eventTime, ...numbers }, state: JSON.stringify(numbers) };
}

function queueTold(state: State, { id, waiting }: Queue): Told {
	const metrics = [{ metric: "oWaiting", stats: { count: waiting } }];
	const now = isoTime(state.clock.now());
	const body = { group: { queueId: id, mediaType: "voice" }, data: [{ interval: `${now}/${now}`, metrics }] };
	return { topic: "v2.analytics.queues.{id}.observations", id, body, state: JSON.stringify(metrics) };
}
