import type { Ports } from "../../../functions/edges/ports.ts";
import type { Incident } from "../../../functions/pipeline/model/incident.ts";
import { EdgeError, type Ledger, type LedgerWrite, type Pager } from "../../../functions/pipeline/ports.ts";
import type { FunctionWorld } from "../../../rehearsal/aws/functionWorld.ts";
import type { FunctionKind } from "../../../rehearsal/aws/state.ts";
import type { ChannelKind } from "../../../vendors/kinds.ts";

export type Plant = NonNullable<FunctionWorld["wrapPorts"]>;

/** Ports with others in the place of some; what is not replaced is still made when it is first used. */
const over = (ports: Ports, replaced: Partial<Ports>): Ports => Object.create(ports, Object.getOwnPropertyDescriptors(replaced));

/** A fault in some of the functions only. */
const inside =
	(kinds: readonly FunctionKind[], plant: (ports: Ports) => Partial<Ports>): Plant =>
	(kind, ports) =>
		kinds.includes(kind) ? over(ports, plant(ports)) : ports;

const isIncident = (key: string): boolean => key.startsWith("inc:");

/** A ledger that changes incidents on their way in. */
const rewriting = (ledger: Ledger, change: (incident: Incident) => Incident): Ledger => {
	const changed = (key: string, value: unknown): unknown => (isIncident(key) ? change(value as Incident) : value);
	return {
		...ledger,
		write: (key, value, version, options) => ledger.write(key, changed(key, value), version, options),
		transact: (writes) => ledger.transact(writes.map((write): LedgerWrite => ({ ...write, value: changed(write.key, write.value) }))),
	};
};

const paging = (ports: Ports, change: (pager: Pager, kind: ChannelKind) => Pager): Partial<Ports> => ({
	pagers: (channel) => change(ports.pagers(channel), channel.kind),
});

const spent = (): never => {
	throw new EdgeError("budget-spent", "expected a request, got none left", { retry: true });
};

/** Whoever is due first is visited again and again: nobody moves its next visit. */
const starving = inside(["overseer"], ({ ledger }) => ({
	ledger: { ...ledger, due: async (now, limit) => (await ledger.due(now, limit)).toSorted().slice(0, 1) },
}));

/** The poller says that it is well, whatever it saw. */
const healthy = inside(["poller"], ({ ledger, clock }) => ({
	ledger: {
		...ledger,
		write: (key, value, version, options) =>
			ledger.write(key, key.startsWith("poller:") ? { firstSeenAt: clock.now(), okAt: clock.now(), failures: 0 } : value, version, options),
	},
}));

/** Once a page cannot be read back, nothing is sent any more either. */
const blindAndMute: Plant = (kind, ports) => {
	if (kind !== "overseer") return ports;
	let failed = 0;
	return over(
		ports,
		paging(ports, (pager) => ({
			...pager,
			send: async (order) => (failed >= 1 ? spent() : pager.send(order)),
			resolve: async (order) => (failed >= 1 ? spent() : pager.resolve(order)),
			read: async (order) => {
				try {
					return await pager.read(order);
				} catch (error) {
					failed += 1;
					throw error;
				}
			},
		})),
	);
};

/** A webhook is answered 202 although its incident was not written. */
const forgetful = inside(["normalizer"], ({ ledger }) => ({
	ledger: {
		...ledger,
		write: async (key, value, version, options) => (isIncident(key) ? "written" : ledger.write(key, value, version, options)),
	},
}));

/** The next occurrence is written where the one before stands, which nobody finds again. */
const overwriting = inside(["poller", "normalizer"], ({ ledger }) => ({
	ledger: { ...ledger, transact: (writes) => ledger.transact(writes.filter(({ key }) => !key.includes("#"))) },
}));

/** Of seven that ask for a token at once one gets it, and the others are told that the budget is spent. */
const raced: Plant = (kind, ports) => {
	let asked = 0;
	const isRefused = (): boolean => {
		asked += 1;
		return asked % 7 !== 0;
	};
	if (kind !== "dispatcher" && kind !== "overseer") return ports;
	return over(ports, {
		...paging(ports, (pager) => ({ ...pager, send: async (order) => (isRefused() ? spent() : pager.send(order)) })),
		workflows: {
			launch: async (policy, inputs, name) => (isRefused() ? spent() : ports.workflows.launch(policy, inputs, name)),
			status: (id) => ports.workflows.status(id),
		},
	});
};

/** A number that the real table's client does not take. */
const unstorable = inside(["normalizer"], ({ ledger }) => ({
	ledger: {
		...ledger,
		write: async (key, value, version, options) => {
			if (isIncident(key) && JSON.stringify(value).includes(String(Number.MAX_SAFE_INTEGER)))
				throw new EdgeError("malformed", "expected a number that can be stored, got a larger one", { retry: false });
			return ledger.write(key, value, version, options);
		},
	},
}));

/** What was answered by an error is taken for not sent, and its end is told to nobody. */
const surelyNotSent = inside(["overseer"], ({ ledger }) => ({
	ledger: rewriting(ledger, (incident) =>
		incident.state !== "recovered"
			? incident
			: { ...incident, pages: incident.pages.filter(({ acceptedAt, purpose }) => acceptedAt !== undefined || purpose !== "page") },
	),
}));

/** The last resort is dropped for our own budget: a text that must wait is taken for one that was sent. */
const dropped = inside(["overseer"], (ports) =>
	paging(ports, (pager, kind) => ({
		...pager,
		resolve: async (order) => {
			if (kind === "pagerduty") return pager.resolve(order);
			return { receipt: "dropped" };
		},
		read: async (order) => (order.receipt === "dropped" ? { state: "delivered", receipt: "dropped" } : pager.read(order)),
	})),
);

/** Nobody looks whether a page was acknowledged. */
const deaf = inside(["overseer"], (ports) =>
	paging(ports, (pager) => ({
		...pager,
		read: async (order) => {
			const reading = await pager.read(order);
			return reading.state === "acknowledged" ? { ...reading, state: "delivered" } : reading;
		},
	})),
);

/** Every send has a key of its own. */
const keyed: Plant = (kind, ports) => {
	if (kind !== "overseer") return ports;
	let sends = 0;
	return over(
		ports,
		paging(ports, (pager) => ({
			...pager,
			send: (order) => {
				sends += 1;
				return pager.send({ ...order, dedupKey: `${order.dedupKey}-${sends}` });
			},
		})),
	);
};

/** A secret stands in what a function says. */
const talkative: Plant = (_kind, ports) =>
	over(ports, {
		journal: {
			log: (entry) => ports.journal.log(entry.what === "page-failed" ? { ...entry, detail: "rehearsal-webhook-signing-secret" } : entry),
		},
	});

/** That the last tier did not answer is forgotten: nobody is asked anew. */
const silent = inside(["overseer"], ({ ledger }) => ({
	ledger: rewriting(ledger, ({ exhausted: _over, ...incident }) => incident),
}));

/** That an entity was well while it was held is forgotten: its next failure is the old one. */
const oblivious = inside(["poller"], ({ ledger }) => ({
	ledger: rewriting(ledger, ({ calmSince: _calm, ...incident }) => incident),
}));

/** An end that a vendor did not take is taken for told. */
const content = inside(["overseer"], ({ ledger }) => ({
	ledger: rewriting(ledger, (incident) => ({
		...incident,
		pages: incident.pages.map((page) =>
			page.purpose === "recovery" && (page.state === "failed" || page.state === "owed") ? { ...page, state: "proven" } : page,
		),
	})),
}));

/** Every check of a credential finds it taken. */
const trusting = inside(["overseer"], () => ({ credentials: { check: async () => undefined } }));

/** Whoever signs a webhook is believed. */
const believing = inside(["normalizer"], ({ vendorWebhookSecrets }) => ({
	vendorWebhookSecrets: async (path) => [...(await vendorWebhookSecrets(path)), "somebody else's secret"],
}));

/** A page that was ended by hand is an answer like any other. */
const contented = inside(["overseer", "normalizer"], ({ ledger }) => ({
	ledger: rewriting(ledger, ({ acknowledged, ...incident }) => {
		if (acknowledged === undefined) return incident;
		const ended = acknowledged.resolvedAt === undefined ? {} : { resolvedAt: Number.MAX_SAFE_INTEGER };
		return { ...incident, acknowledged: { ...acknowledged, ...ended } };
	}),
}));

/** Every planted fault by its name: what it does is said above. */
/** That a silence is over is told, and not written. */
const endless = inside(["overseer"], ({ ledger }) => ({
	ledger: rewriting(ledger, ({ silenceEndedAt: since, ...incident }) =>
		since === undefined ? incident : { ...incident, silenced: { name: "endless", why: "planted", who: "nobody", since, until: since } },
	),
}));

/** Nobody asks for silences when something opens. */
const unasking = inside(["poller", "normalizer"], ({ ledger, settings: { windows: _windows, ...settings } }) => ({
	settings,
	ledger: { ...ledger, read: async (key) => (key.startsWith("silences:") ? undefined : ledger.read(key)) },
}));

export const plants = {
	"the overseer starves incidents": starving,
	"the poller reports itself healthy before it has judged": healthy,
	"reading back stops paging": blindAndMute,
	"a webhook loses its alert with 202": forgetful,
	"one occurrence overwrites the next": overwriting,
	"a lost race is taken for a spent budget": raced,
	"a large number opens no incident": unstorable,
	"an error is taken for surely not sent": surelyNotSent,
	"a budget drops the last resort": dropped,
	"an acknowledgement is not seen": deaf,
	"each send has a key of its own": keyed,
	"a secret is told": talkative,
	"nobody is asked anew": silent,
	"a relapse is taken for the old failure": oblivious,
	"an end that was not taken is forgotten": content,
	"a refused key is taken for good": trusting,
	"a forged webhook is believed": believing,
	"what was ended by hand is never told again": contented,
	"a silence has no end": endless,
	"nobody asks what is silent": unasking,
} satisfies Readonly<Record<string, Plant>>;

export type PlantName = keyof typeof plants;
