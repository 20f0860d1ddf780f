import type { Instant } from "../model/words.ts";
import type { RuntimeSettings } from "../settings.ts";
import { lastTime } from "../silence/windows.ts";
import { type DrillOutcome, type DrillRequest, type DrillsItem, type RunningDrill, withOutcome } from "./records.ts";
import { type DrillSettings, drillSettingsOf, type ScheduledDrill, scheduleId, scheduleWords } from "./settings.ts";

/** What is decided about drills that are wanted. */
export interface DrillPlan {
	/** The same object where nothing changes. */
	readonly item: DrillsItem;
	readonly begun: readonly RunningDrill[];
	/** Those that will not begin any more. */
	readonly notBegun: readonly DrillOutcome[];
}

type PlanSettings = Pick<RuntimeSettings, "policies" | "drills">;

/**
 * Decides which drills begin now. A time of the schedule is dealt with once, however late, often or seldom the ticks are: it begins within
 * `startWithinSeconds`, or it is missed. `isBusy`: failures are being answered, and a drill waits for them; one that waited until its time
 * was over is put off, and is no failure.
 */
export function planDrills(before: DrillsItem, settings: PlanSettings, isBusy: boolean, now: Instant): DrillPlan {
	const drills = drillSettingsOf(settings);
	const known = withSchedule(before, drills.schedule, now);
	const scheduled = drills.schedule.reduce<DrillPlan>((plan, entry) => ofSchedule(plan, entry, drills, isBusy, now), {
		item: known,
		begun: [],
		notBegun: [],
	});
	return known.requests.reduce<DrillPlan>((plan, request) => ofRequest(plan, request, settings, isBusy, now), scheduled);
}

/** Whether anything may begin now, so that somebody has to look whether failures are being answered. */
export function mayBegin(item: DrillsItem, settings: PlanSettings, now: Instant): boolean {
	const { begun, notBegun } = planDrills(item, settings, false, now);
	return begun.length > 0 || notBegun.length > 0;
}

/** A drill that is new in the settings is known from now on: times before that are nobody's. One that was taken out is forgotten. */
function withSchedule(item: DrillsItem, schedule: readonly ScheduledDrill[], now: Instant): DrillsItem {
	const ids = schedule.map(scheduleId);
	const isSame = Object.keys(item.dealtWith).length === new Set(ids).size && ids.every((id) => Object.hasOwn(item.dealtWith, id));
	if (isSame) return item;
	const dealtWith = Object.fromEntries(ids.map((id) => [id, item.dealtWith[id] ?? now]));
	const waiting = Object.fromEntries(Object.entries(item.waiting).filter(([id]) => ids.includes(id)));
	return { ...item, dealtWith, waiting };
}

function ofSchedule(plan: DrillPlan, entry: ScheduledDrill, drills: DrillSettings, isBusy: boolean, now: Instant): DrillPlan {
	const id = scheduleId(entry);
	const due = lastTime(entry.zone, entry, now);
	if (due === undefined || due <= (plan.item.dealtWith[id] ?? now)) return plan;
	const request = { id: `${id} ${new Date(due).toISOString().slice(0, 16)}Z`, policy: entry.policy, by: scheduleWords(entry), at: due };
	const isLate = now >= due + drills.startWithinSeconds * 1000;
	const hasWaited = plan.item.waiting[id] === due;
	if (!isLate && isHeldUp(plan.item, request, isBusy))
		return hasWaited ? plan : { ...plan, item: { ...plan.item, waiting: { ...plan.item.waiting, [id]: due } } };
	const dealt = {
		...plan,
		item: { ...plan.item, dealtWith: { ...plan.item.dealtWith, [id]: due }, waiting: without(plan.item.waiting, id) },
	};
	return isLate ? notBegun(dealt, request, hasWaited ? "put-off" : "missed", now) : begin(dealt, request, now);
}

function ofRequest(plan: DrillPlan, request: DrillRequest, settings: PlanSettings, isBusy: boolean, now: Instant): DrillPlan {
	const isLate = now >= request.at + drillSettingsOf(settings).startWithinSeconds * 1000;
	const isKnown = Object.hasOwn(settings.policies, request.policy);
	if (isKnown && !isLate && isHeldUp(plan.item, request, isBusy)) return plan;
	const taken = { ...plan, item: { ...plan.item, requests: plan.item.requests.filter(({ id }) => id !== request.id) } };
	if (!isKnown) return notBegun(taken, request, "unknown-policy", now);
	return isLate ? notBegun(taken, request, "put-off", now) : begin(taken, request, now);
}

/** One drill of a policy at a time. */
const isHeldUp = ({ running }: DrillsItem, { policy }: DrillRequest, isBusy: boolean): boolean =>
	isBusy || running.some((drill) => drill.policy === policy);

function begin(plan: DrillPlan, request: DrillRequest, now: Instant): DrillPlan {
	const drill: RunningDrill = { ...request, begunAt: now };
	return { ...plan, item: { ...plan.item, running: [...plan.item.running, drill] }, begun: [...plan.begun, drill] };
}

function notBegun(plan: DrillPlan, request: DrillRequest, reason: "missed" | "put-off" | "unknown-policy", now: Instant): DrillPlan {
	const verdict = reason === "unknown-policy" ? "failed" : reason;
	const outcome: DrillOutcome = { ...request, verdict, reason, endedAt: now, proven: [], missing: [] };
	return { ...plan, item: withOutcome(plan.item, outcome), notBegun: [...plan.notBegun, outcome] };
}

const without = (times: DrillsItem["waiting"], id: string): DrillsItem["waiting"] =>
	Object.fromEntries(Object.entries(times).filter(([name]) => name !== id));
