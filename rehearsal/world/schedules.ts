import { EdgeError } from "../../functions/pipeline/ports.ts";
import type { DeclaredSchedule } from "../aws/state.ts";
import type { Turn } from "./clock.ts";
import type { OfflineWorld } from "./offlineWorld.ts";

/** An event of a schedule that Lambda throttled is offered again for this long: the declared age of asynchronous events. */
const eventAgeMilliseconds = 60_000;
const throttlePauseMilliseconds = 5_000;
/** A second delivery of the same event comes at most this much later. */
const secondDeliveryMilliseconds = 5_000;

/** When ticks end, in milliseconds, and whether schedules have phases of their own. */
export interface Ticks {
	readonly lastPoll: number;
	readonly end: number;
	readonly hasPhases: boolean;
}

/**
 * Puts every tick of the declared schedules on the clock, from \`from\` on. Where calls take time each schedule but the poller's has a
 * phase of its own within its period, by seed: the story is told in the poller's time.
 */
export function runSchedules(world: OfflineWorld, from: number, { lastPoll, end, hasPhases }: Ticks): void {
	for (const declared of world.aws.schedules().filter(({ enabled }) => enabled)) {
		const turn: Turn = declared.functionName.endsWith("-overseer") ? "overseer" : "poller";
		const period = declared.everySeconds * 1000;
		const phase = hasPhases && turn === "overseer" ? Math.floor(world.random() * period) : 0;
		const next = (at: number): void => {
			if (at > (turn === "poller" ? lastPoll : end)) return;
			world.clock.at(at, turn, async () => {
				next(at + period);
				await tick(world, declared, turn);
			});
		};
		next(from + phase);
	}
}

async function tick(world: OfflineWorld, declared: DeclaredSchedule, turn: Turn): Promise<void> {
	const kind = world.aws.state.functions.find(({ name }) => name === declared.functionName)?.kind;
	if (kind !== undefined && world.aws.isUnscheduled(kind)) return;
	if (turn === "poller") world.timeline.log({ who: "schedule", what: "polled" });
	if ([...world.twice].some((run) => declared.functionName.endsWith(`-${run.function}`)))
		world.clock.after(Math.floor(world.random() * secondDeliveryMilliseconds), () => world.clock.spawn(() => deliver(world, declared)));
	await deliver(world, declared);
}

async function deliver(world: OfflineWorld, declared: DeclaredSchedule): Promise<void> {
	const { clock, aws, troubles } = world;
	const offeredUntil = clock.now() + eventAgeMilliseconds;
	for (;;) {
		try {
			await aws.runSchedule(declared);
			return;
		} catch (error) {
			if (error instanceof EdgeError && error.reason === "rate-limited" && clock.now() + throttlePauseMilliseconds < offeredUntil) {
				await clock.sleep(throttlePauseMilliseconds);
				continue;
			}
			const reason = error instanceof Error ? error.message : String(error);
			troubles.push({ at: clock.now(), resource: `schedule ${declared.name}`, reason, explainedBy: ["any"] });
			return;
		}
	}
}
