import { openOrRecover, type ReadingPorts } from "../deduplicate/flow.ts";
import { change, readItem } from "../ledger/store.ts";
import type { Leases } from "../limits/leases.ts";
import type { Incident } from "../model/incident.ts";
import { drillsKey, incidentKey, isDrillKey, leasesKey } from "../model/keys.ts";
import type { Ports } from "../ports.ts";
import type { Silences } from "../silence/rules.ts";
import { mayBegin, planDrills } from "./due.ts";
import { judgeDrill } from "./end.ts";
import { drillReading, failedReading } from "./readings.ts";
import { type DrillOutcome, type DrillsItem, failureWords, noDrills, type RunningDrill } from "./records.ts";
import { drillSettingsOf } from "./settings.ts";

type ItemPorts = Pick<Ports, "ledger" | "settings">;

/**
 * One tick: begins the drills whose time has come, ends those that are over, and tells of those that failed. What is decided is written before it
 * is done, and done again where the function died in between: an incident that is open already is only seen again. Throws EdgeError.
 */
export async function watchDrills(ports: ReadingPorts, silences: Silences): Promise<void> {
	const { ledger, settings } = ports;
	const known = await readItem<DrillsItem>(ledger, drillsKey(settings.environment));
	// Most stacks have none for most of the year: one read a tick, and no write.
	if (known === undefined && drillSettingsOf(settings).schedule.length === 0) return;
	const begun = await beginDue(ports, known ?? noDrills);
	for (const drill of begun.running) await follow(ports, drill, silences);
	await tellFailed(ports, silences);
}

async function beginDue(ports: ReadingPorts, known: DrillsItem): Promise<DrillsItem> {
	const { clock, settings } = ports;
	const isBusy = mayBegin(known, settings, clock.now()) && (await answersFailures(ports));
	const { item, notBegun } = await change<DrillsItem, ReturnType<typeof planDrills>>(
		ports.ledger,
		drillsKey(settings.environment),
		(current = noDrills) => {
			const plan = planDrills(current, settings, isBusy, clock.now());
			return plan.item === current ? { result: plan } : { write: plan.item, result: plan };
		},
	);
	for (const outcome of notBegun) logNotBegun(ports, outcome);
	return item;
}

/** Whether a workflow answers a failure now: a drill waits for it, so that nobody who is needed is asked for an exercise. */
async function answersFailures({ ledger, settings, clock }: Pick<Ports, "ledger" | "settings" | "clock">): Promise<boolean> {
	const leases = await readItem<Leases>(ledger, leasesKey(settings.environment));
	const now = clock.now();
	return (leases?.held ?? []).some(({ until, incidentKey: key }) => until > now && !isDrillKey(key));
}

function logNotBegun({ journal }: Pick<Ports, "journal">, outcome: DrillOutcome): void {
	const { policy, reason, by } = outcome;
	if (reason === "missed") {
		journal.log({ what: "drill-missed", outcome: policy, detail: failureWords(outcome) });
		return;
	}
	const why = reason === "put-off" ? "failures, or another drill of the policy, took all its time" : "there is no such policy";
	journal.log({ what: "drill-put-off", outcome: policy, detail: `${why} (${by})` });
}

async function follow(ports: ReadingPorts, drill: RunningDrill, silences: Silences): Promise<void> {
	const key = incidentKey({ environment: ports.settings.environment, condition: "drill", entityId: drill.policy });
	const occurrence = drill.occurrence ?? (await open(ports, drill, key, silences));
	await judgeDrill(ports, { ...drill, occurrence }, key);
}

/** Opens the incident of a drill that was begun, or finds the one that was opened before a function died. Returns its occurrence. */
async function open(ports: ReadingPorts, drill: RunningDrill, key: string, silences: Silences): Promise<number> {
	const { clock, journal, ledger, settings } = ports;
	const existing = await readItem<Incident>(ledger, key);
	const isOwn = existing !== undefined && existing.openedAt >= drill.begunAt;
	const placed = isOwn ? undefined : await openOrRecover(ports, drillReading(drill, clock.now()), "open", { silences });
	const occurrence = placed?.incident?.occurrence ?? existing?.occurrence ?? 1;
	const isNew = await change<DrillsItem, boolean>(ledger, drillsKey(settings.environment), (item = noDrills) => {
		const running = item.running.map((each) => (each.id === drill.id && each.occurrence === undefined ? { ...each, occurrence } : each));
		const isChanged = running.some((each, index) => each !== item.running[index]);
		return isChanged ? { write: { ...item, running }, result: true } : { result: false };
	});
	if (isNew) journal.log({ what: "drill-begun", incident: key, occurrence, outcome: drill.policy, detail: drill.by });
	return occurrence;
}

/** Opens the incident of each policy whose drill failed, once, and ends it after one that passed, or where the policy is gone. */
async function tellFailed(ports: ReadingPorts, silences: Silences): Promise<void> {
	const { ledger, clock, settings } = ports;
	const { failing } = (await readItem<DrillsItem>(ledger, drillsKey(settings.environment))) ?? noDrills;
	for (const [policy, found] of Object.entries(failing)) {
		const state = Object.hasOwn(settings.policies, policy) ? found : { ...found, over: true as const };
		if (state.told === true && state.over !== true) continue;
		await openOrRecover(ports, failedReading(policy, state, clock.now()), state.over === true ? "close" : "open", { silences });
		await changeFailing(ports, policy, found.at, state.over === true);
	}
}

/** A newer failure of that policy is left to the next tick. */
async function changeFailing({ ledger, settings }: ItemPorts, policy: string, at: number, isOver: boolean): Promise<void> {
	await change<DrillsItem, void>(ledger, drillsKey(settings.environment), (item = noDrills) => {
		const { [policy]: current, ...others } = item.failing;
		if (current?.at !== at) return { result: undefined };
		const failing = isOver ? others : { ...others, [policy]: { ...current, told: true as const } };
		return { write: { ...item, failing }, result: undefined };
	});
}
