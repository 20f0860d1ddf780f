import { createHash } from "node:crypto";
import { sign, signatureHeader, timestampHeader } from "../functions/edges/signature.ts";
import { approve } from "./approval.ts";
import type { DeclaredSchedule } from "./aws/state.ts";
import type { Turn } from "./clock.ts";
import { type FaultVerb, type FaultWindow, isFault, setFault, systemOf } from "./faults.ts";
import { createOfflineWorld, type OfflineWorld, start, type WorldOptions } from "./offlineWorld.ts";
import { changeOrganization } from "./organizationVerbs.ts";
import type { Report } from "./report.ts";
import type { Happens, Scenario } from "./scenario.ts";
import { withSettings } from "./stackFile.ts";
import { incidentOf } from "./timeline.ts";
import { judge, type Problem } from "./verdict.ts";

export interface PlayOptions extends Omit<WorldOptions, "trunks" | "queues"> {
	readonly scenario: Scenario;
}

/** Plays one scenario on one stack's settings. Throws what the program throws; everything that goes wrong after the deployment is in the report. */
export async function play(options: PlayOptions): Promise<{ readonly report: Report; readonly world: OfflineWorld }> {
	const { scenario, seed } = options;
	const file = scenario.settings === undefined ? options.file : withSettings(options.file, scenario.settings);
	const world = await createOfflineWorld({ ...options, file, trunks: scenario.trunks, queues: scenario.queues });
	const windows = schedule(world, scenario);
	await world.clock.run(start + scenario.lasts * 1000);
	const expectations = judge(scenario, file.stack, world, world.timeline.events, problemsOf(world, windows));
	const verdict = expectations.every(({ met }) => met) ? "passed" : "failed";
	const report: Report = {
		scenario: scenario.name,
		stack: file.stack,
		seed,
		verdict,
		expectations: [...expectations],
		events: [...world.timeline.events],
	};
	return { report, world };
}

/** Puts everything that is known beforehand on the clock: the scenario's verbs and every tick of the declared schedules. */
function schedule(world: OfflineWorld, scenario: Scenario): readonly FaultWindow[] {
	for (const verb of scenario.happens) {
		world.clock.at(start + verb.at * 1000, "scenario", async () => inject(world, verb));
		if (isFault(verb)) world.clock.at(start + (verb.at + verb.for) * 1000, "scenario", async () => relieve(world, verb));
	}
	for (const declared of world.aws.schedules().filter(({ enabled }) => enabled)) {
		const turn: Turn = declared.functionName.endsWith("-overseer") ? "overseer" : "poller";
		for (let at = 0; at <= scenario.lasts; at += declared.everySeconds) {
			world.clock.at(start + at * 1000, turn, () => tick(world, declared, turn));
		}
	}
	return scenario.happens
		.filter(isFault)
		.map((verb) => ({ system: systemOf(verb), from: start + verb.at * 1000, until: start + (verb.at + verb.for) * 1000 }));
}

async function tick(world: OfflineWorld, declared: DeclaredSchedule, turn: Turn): Promise<void> {
	if (turn === "poller") world.timeline.tell({ who: "schedule", what: "polled" });
	try {
		await world.aws.runSchedule(declared);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		world.troubles.push({ at: world.clock.now(), resource: `schedule ${declared.name}`, reason, explainedBy: ["ledger"] });
	}
}

async function inject(world: OfflineWorld, verb: Happens): Promise<void> {
	const { timeline, genesys } = world;
	if (isFault(verb)) {
		setFault(world, verb, true);
		const how =
			verb.do === "answers"
				? `answers ${verb.status}`
				: verb.do === "workflows"
					? verb.how
					: verb.do === "refuses"
						? `refuses the ${verb.client}`
						: verb.do;
		timeline.tell({ who: "scenario", what: "fault-began", outcome: systemOf(verb), detail: `${systemOf(verb)} ${how} for ${verb.for} s` });
		return;
	}
	switch (verb.do) {
		case "acknowledge":
			acknowledge(world, verb);
			return;
		case "remedy-helps":
			world.effects.expect(verb);
			return;
		case "approve":
			await approve(world, verb);
			return;
		case "webhook":
			for (let sent = 0; sent < verb.times; sent += 1) await sendWebhook(world, verb);
			return;
		default:
			timeline.tell({ who: "scenario", what: verb.do, detail: changeOrganization(genesys.world, verb) });
	}
}

/** The person answers the page that was last proven to have reached that service. */
function acknowledge({ timeline, pagerduty, settings }: OfflineWorld, { service, by }: Extract<Happens, { do: "acknowledge" }>): void {
	const tier =
		1 +
		settings.runtime.escalation.tiers.findIndex(({ channels }) =>
			channels.some((channel) => channel.kind === "pagerduty" && channel.service === service),
		);
	const page = timeline.events.findLast(
		(event) =>
			(event.what === "page-proven" || event.what === "page-sent") && event.tier === tier && event.channel?.startsWith("sms") !== true,
	);
	const acknowledged = pagerduty.world.acknowledge({ service, by });
	timeline.tell({
		who: "person",
		what: "acknowledged",
		...incidentOf(page),
		...(page === undefined ? {} : { because: page.id, tier }),
		channel: "pagerduty",
		outcome: acknowledged.length === 1 ? "1 incident" : `${acknowledged.length} incidents`,
		detail: `${by} answers on the service ${service}`,
	});
}

function relieve(world: OfflineWorld, verb: FaultVerb): void {
	setFault(world, verb, false);
	world.timeline.tell({ who: "scenario", what: "fault-ended", outcome: systemOf(verb) });
}

/** A signed reading, sent to the declared function URL like anybody's. */
async function sendWebhook({ aws, clock, timeline, trunkIds }: OfflineWorld, verb: Extract<Happens, { do: "webhook" }>): Promise<void> {
	const body = JSON.stringify({
		schema: "genesyscloud-runbooks/reading/1",
		condition: "trunk-down",
		entity: { id: trunkIds.get(verb.trunk) ?? verb.trunk, name: verb.trunk },
		severity: "high",
		verdict: verb.verdict,
		reason: "reported-by-monitoring",
		observedAt: clock.now(),
		metrics: {},
		source: "webhook",
		raw: {},
	});
	const timestamp = String(Math.floor(clock.now() / 1000));
	const event = timeline.tell({ who: "scenario", what: "webhook-sent", detail: `${verb.verdict} of ${verb.trunk}` });
	const url = aws.state.urls[0]?.url;
	if (url === undefined) return;
	const headers = { [signatureHeader]: sign("rehearsal-webhook-signing-secret", timestamp, body), [timestampHeader]: timestamp };
	const response = await aws.fetchUrl(new Request(url, { method: "POST", body, headers }));
	if (!response.ok)
		timeline.tell({ who: "normalizer", what: "alarm", because: event.id, outcome: String(response.status), detail: await response.text() });
}

/** After a fault has ended, what was started under it may still fail: one retry interval. */
const graceMilliseconds = 60_000;

/** What went wrong and no injected fault explains, each once, and what was declared and cannot work. */
function problemsOf(world: OfflineWorld, windows: readonly FaultWindow[]): readonly Problem[] {
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
