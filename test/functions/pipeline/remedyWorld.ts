import { memoryLedger } from "../../../functions/edges/memory/ledger.ts";
import type { Incident, RemedyRun } from "../../../functions/pipeline/model/incident.ts";
import { flightKey } from "../../../functions/pipeline/model/keys.ts";
import type { ApprovalLink, Approvals, Entry, Ledger, RemedyActs, RemedyOrder, RemedyRequest } from "../../../functions/pipeline/ports.ts";
import type { Remediation } from "../../../functions/pipeline/settings.ts";
import { remedyId } from "../../../remedies/kinds.ts";
import { incident, plainLinks, remediating, remediation, seconds } from "./fixtures.ts";
import { overwrite } from "./interference.ts";
import { itemOf, trunkDown } from "./streakItems.ts";

export const key = incident().key;
export const claimed = (change: Partial<Incident> = {}): Incident =>
	incident({ launch: { id: "launch-1", at: seconds(0), claimedAt: seconds(0) }, ...change });
export const workflow: RemedyRequest = { by: "workflow", launchId: "launch-1", incidentKey: key, occurrence: 1 };
export const overseer: RemedyRequest = { ...workflow, by: "overseer", launchId: "" };
export const flight = flightKey("dev", remedyId(remediation().remedy));
export const streak = itemOf(trunkDown);

/** The only link that is signed in these worlds: an offer of the first second. */
export const expires = seconds(300) / 1000;
export const linkText = `approve.1.${key}.1.webhook:https://customer.example/failover.${expires}`;
export const link = (change: Partial<ApprovalLink> = {}): ApprovalLink => ({
	incidentKey: key,
	occurrence: 1,
	expires,
	signature: `signed ${linkText}`,
	...change,
});

/** A remedy in effect, as the workflow began it in the first second. */
export const inEffect = (change: Partial<RemedyRun> = {}): RemedyRun => ({
	state: "in-effect",
	reason: "acted",
	mode: "auto",
	remedy: remediation().remedy,
	by: "workflow",
	intendedAt: seconds(0),
	before: "",
	actedAt: seconds(0),
	verifyBy: seconds(180),
	receipt: "receipt-1",
	undoAttempts: 0,
	...change,
});

export interface RemedyWorld {
	readonly of?: Partial<Remediation>;
	readonly acts?: Partial<RemedyActs>;
	readonly about?: Partial<Incident>;
	/** Something between the remediator and its ledger. */
	readonly wrap?: (ledger: Ledger) => Ledger;
}

/** The remediator over a ledger in memory; `did` is what reached the outside system, with the state that the ledger had at that moment. */
export async function remedyWorld(options: RemedyWorld = {}) {
	let now = seconds(0);
	const clock = { now: () => now };
	const ledger = memoryLedger(clock);
	const logged: Entry[] = [];
	const did: string[] = [];
	const orders: (readonly [string, RemedyOrder])[] = [];
	const links: Omit<ApprovalLink, "signature">[] = [];
	const item = async (which = key): Promise<Incident> => (await ledger.read(which))?.value as Incident;
	const value = async (which: string): Promise<unknown> => (await ledger.read(which))?.value;
	const acts: RemedyActs = {
		inspect: async () => "",
		act: async ({ incidentKey }) => {
			did.push(`do ${(await item(incidentKey)).remedy?.state}`);
			return { receipt: "receipt-1" };
		},
		progress: async () => "running",
		undo: async ({ incidentKey, receipt }) => {
			did.push(`undo ${(await item(incidentKey)).remedy?.state} ${receipt}`);
			return "undone";
		},
		...options.acts,
	};
	const noted =
		<T>(name: string, act: (order: RemedyOrder) => Promise<T>) =>
		(order: RemedyOrder): Promise<T> => {
			orders.push([name, order]);
			return act(order);
		};
	const approvals: Approvals = {
		link: async (text, asked) => {
			links.push(asked);
			return `https://hook.test/approve?text=${text}`;
		},
		valid: async (text, signature) => signature === `signed ${text}`,
	};
	const ports = {
		settings: remediating(options.of),
		clock,
		ledger: options.wrap?.(ledger) ?? ledger,
		journal: { log: (entry: Entry) => void logged.push(entry) },
		remedyActs: {
			inspect: noted("look", acts.inspect),
			act: noted("act", acts.act),
			progress: noted("progress", acts.progress),
			undo: noted("undo", acts.undo),
		},
		approvals,
		acknowledgeLinks: plainLinks,
	};
	await ledger.write(key, claimed(options.about), 0, { dueAt: seconds(0) });
	/** Overwrites what is stored, as another function would. */
	const put = async (which: string, next: unknown): Promise<void> => {
		await ledger.write(which, next, (await ledger.read(which))?.version ?? 0, { dueAt: seconds(0) });
	};
	const change = (by: Partial<Incident>): Promise<void> => overwrite(ledger, key, by);
	const lines = () => logged.map(({ who = "-", what, outcome = "" }) => `${who} ${what} ${outcome}`);
	const dueAt = (which = key) => ledger.items().find((each) => each.key === which)?.dueAt;
	return {
		ports,
		ledger,
		item,
		value,
		put,
		change,
		dueAt,
		lines,
		logged,
		did,
		orders,
		links,
		advance: (by: number) => (now += by * 1000),
	};
}
