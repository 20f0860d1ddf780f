import { createHash } from "node:crypto";
import type { Happens, Scenario } from "../scenario/scenario.ts";
import { type FaultWindow, isFault, systemOf, systemOfCredential } from "../world/faults.ts";
import type { OfflineWorld } from "../world/offlineWorld.ts";
import type { Problem } from "./verdict.ts";

/** How long after a function was told to die its death is an explanation. */
const killMilliseconds = 600_000;

/** Three deliveries, six minutes after each other. */
const unknownMilliseconds = 1_200_000;

/** When which system was broken on purpose. `start` is the instant at which the scenario begins. */
export function faultWindows({ happens }: Pick<Scenario, "happens">, start: number): readonly FaultWindow[] {
	return happens.flatMap((verb): readonly FaultWindow[] => {
		const from = start + verb.at * 1000;
		if (verb.do === "kills") return [{ system: "functions", from, until: from + killMilliseconds }];
		// The workflow's copy of a dead key is refused until the right one is deployed.
		if (verb.do === "revokes" || verb.do === "deploys-key") {
			const deployed = happens.find((each) => isRightKey(each) && each.client === verb.client && each.at > verb.at);
			const until = deployed === undefined ? Number.POSITIVE_INFINITY : start + deployed.at * 1000;
			return isRightKey(verb) ? [] : [{ system: systemOfCredential(verb.client), from, until }];
		}
		// Who posts what nobody understands is why that is told.
		if (verb.do === "posts") return [{ system: "webhook", from, until: from }];
		// A message that nobody understands comes back until it is among the dead letters.
		if (verb.do === "event-unknown") return [{ system: "bus", from, until: from + unknownMilliseconds }];
		return isFault(verb) ? [{ system: systemOf(verb), from, until: from + verb.for * 1000 }] : [];
	});
}

const isRightKey = (verb: Happens): verb is Extract<Happens, { do: "deploys-key" }> => verb.do === "deploys-key" && verb.key === "new";

/** After a fault has ended, what was started under it may still fail: one retry interval. */
const graceMilliseconds = 60_000;

/** What went wrong and no injected fault explains, each once, and what was declared and cannot work. */
export function problemsOf(world: OfflineWorld, windows: readonly FaultWindow[]): readonly Problem[] {
	const explained = (at: number, by: readonly string[]): boolean =>
		windows.some(({ system, from, until }) => at >= from && at <= until + graceMilliseconds && (by.includes(system) || by.includes("any")));
	const refused = world.aws.refusals.map(({ function: name, action, resource }) => ({
		resource: `function ${name ?? "(none)"}`,
		reason: `its role may not ${action} on ${resource}`,
	}));
	const troubles = world.troubles
		.filter(({ at, explainedBy }) => !explained(at, explainedBy))
		.map(({ resource, reason }) => ({ resource, reason }));
	const all = [...idle(world), ...refused, ...troubles];
	return [...new Map(all.map((problem) => [createHash("sha256").update(JSON.stringify(problem)).digest("hex"), problem])).values()];
}

/** Declared, and connected to nothing that would ever start it. */
function idle({ aws, deployment }: OfflineWorld): readonly Problem[] {
	const { queues, mappings, schedules, functions } = aws.state;
	const deaf = queues.filter(
		({ arn, name }) => !name.endsWith("-dead") && !mappings.some((mapping) => mapping.queueArn === arn && mapping.enabled),
	);
	const stopped = functions.filter(
		({ name, kind }) =>
			(kind === "poller" || kind === "overseer") && !schedules.some((schedule) => schedule.functionName === name && schedule.enabled),
	);
	const flows = deployment.resources.filter(({ type }) => type === "genesyscloud:index/flow:Flow");
	return [
		...deaf.map(({ name }) => ({ resource: `queue ${name}`, reason: "no enabled event source mapping takes its messages" })),
		...stopped.map(({ name }) => ({ resource: `function ${name}`, reason: "no enabled schedule runs it" })),
		...(flows.length === 0 ? [{ resource: "response flow", reason: "the program deployed no flow" }] : []),
	];
}
