import type { AlarmNews } from "../aws/cloudWatch.ts";
import type { OfflineWorld } from "./offlineWorld.ts";

const minute = 60_000;

/** Puts the looks of those on the clock who watch from outside our functions: CloudWatch and the dead-man's switch, each minute until `end`. */
export function runWatchers(world: OfflineWorld, from: number, end: number): void {
	const next = (at: number): void => {
		if (at > end) return;
		world.clock.at(at, "watcher", async () => {
			next(at + minute);
			for (const news of world.aws.look()) tell(world, news);
			lookAtSwitch(world);
		});
	};
	next(from);
}

/** An alarm is told on the timeline, and everybody whom its topic tells of it. */
function tell({ timeline, troubles, settings, clock }: OfflineWorld, { alarm, isRaised, deliveries, refused }: AlarmNews): void {
	const own = alarm.name.startsWith(`${settings.base}-`) ? alarm.name.slice(settings.base.length + 1) : alarm.name;
	const what = isRaised ? "alarm-raised" : "alarm-ended";
	const event = timeline.log({ who: "cloudwatch", what, outcome: own, detail: alarm.name });
	if (refused !== undefined) troubles.push({ at: clock.now(), resource: `alarm ${alarm.name}`, reason: refused, explainedBy: [] });
	for (const { protocol, endpoint } of deliveries)
		timeline.log({
			who: "sns",
			what: "alarm-sent",
			because: event.id,
			outcome: own,
			// The address of an incident system is a secret.
			detail: `${isRaised ? "raised" : "ended"}, to ${protocol === "email" ? endpoint : "the incident system that takes alarms"}`,
		});
}

/** Who is told by it is told by its own provider, without anything of AWS. */
function lookAtSwitch({ timeline, deadMansSwitch, clock }: OfflineWorld): void {
	const what = deadMansSwitch.look(clock.now());
	if (what === undefined) return;
	const detail =
		what === "heartbeat-missed" ? "people are told that nothing was heard for four minutes" : "people are told that it is heard again";
	timeline.log({ who: "deadmansswitch", what, detail });
}
