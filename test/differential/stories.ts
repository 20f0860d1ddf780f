import { parse } from "valibot";
import type { Workflow } from "../../architect/model.ts";
import { type CallResult, type Json, simulate } from "../../architect/simulate.ts";
import { replaceKnown } from "../../architect/substitute.ts";
import { type ActionSet, actionPlaceholder, computedSubstitutions } from "../../components/genesys/dataAction.ts";
import { actionSets, allSets, responsePlan } from "../../components/genesys/responsePlan.ts";
import { readSettings, type Settings } from "../../components/settings/settings.ts";
import { workflowInputs } from "../../functions/pipeline/dispatch/rules.ts";
import type { Incident } from "../../functions/pipeline/model/incident.ts";
import { EdgeError, type Ledger, type PageReading, type Pager } from "../../functions/pipeline/ports.ts";
import { answerClaim, answerRead, answerRecord, answerRelease, oversee } from "../../functions/pipeline/run.ts";
import type { Channel, EscalationPolicy } from "../../functions/pipeline/settings.ts";
import { ledgerRequest } from "../../functions/schemas/ledgerRequest.ts";
import { compileResponse } from "../../response/compile.ts";
import type { ResponsePlan } from "../../response/plan.ts";
import { settingOf } from "../../vendors/settings.ts";
import { stackOf } from "../components/stacks.ts";
import { endless, noRemedies, plainLinks, validCredentials, zero } from "../functions/pipeline/fixtures.ts";
import type { Case } from "./generators.ts";
import type { Story } from "./story.ts";
import { Died, deadly, type Trouble, Troubles } from "./troubles.ts";
import type { Place } from "./vendors.ts";
import { key, launchId, settingsWith, tickSeconds, World } from "./world.ts";

/** What is done to an executor to see whether it is noticed. */
export interface Planted {
	readonly plan?: (plan: ResponsePlan) => ResponsePlan;
	readonly workflow?: (workflow: Workflow) => Workflow;
	readonly policy?: (policy: EscalationPolicy) => EscalationPolicy;
	readonly reading?: (reading: PageReading) => PageReading;
	readonly ledger?: (ledger: Ledger) => Ledger;
	/** What each executor meets on its way. */
	readonly troubles?: { readonly workflow: readonly Trouble[]; readonly overseer: readonly Trouble[] };
	readonly met?: (kind: Trouble["kind"]) => void;
}

const { config, secretKeys } = stackOf("dev");
const stack: Settings = readSettings({
	stack: "dev",
	keys: Object.keys(config),
	get: (name) => config[name],
	isSecret: (name) => secretKeys.includes(name),
});

/** The settings of a stack with this policy. */
const stackWith = (policy: EscalationPolicy): Settings => ({
	...stack,
	runtime: { ...stack.runtime, policies: { default: policy }, routes: [{ policy: "default" }] },
});

type Action = (inputs: Readonly<Record<string, Json>>, dies?: boolean) => Promise<CallResult> | CallResult;

/** What the compiled workflow does, run by the simulator: its data actions are answered by the vendors and by the ledger's own rules. */
export async function workflowStory(played: Case, planted: Planted = {}): Promise<Story> {
	const world = new World(played);
	await world.open({ launch: { id: launchId, at: zero, executionId: "execution-1" } });
	const { workflow, actions } = compiled(played, world, planted);
	const troubles = new Troubles(planted.troubles?.workflow ?? [], (seconds) => passTime(world, world.now + seconds), planted.met);
	const run = simulate(workflow, workflowInputs(settingsWith(played.policy), await world.incident(), launchId), { now: zero });
	let step = run.next();
	while (!step.done) {
		const effect = step.value;
		if (effect.kind === "wait") {
			await passTime(world, world.now + effect.seconds);
			step = run.next({ now: world.clock.now() });
			continue;
		}
		if (effect.kind === "ask") throw new Error(`Expected a data action or a wait, got ${effect.type}`);
		const action = actions.get(`${effect.category}/${effect.dataAction}`);
		if (action === undefined) throw new Error(`Expected a data action of the stack, got ${effect.category}/${effect.dataAction}`);
		const result = await troubles.action(async (dies) => action(effect.inputs, dies));
		step = run.next({ now: world.clock.now(), result });
	}
	const { outcome, outputs, error } = step.value;
	world.recordOutcome(outcome === "completed" ? String(outputs["Flow.outcome"]) : (error?.message ?? outcome));
	return world.story();
}

/** Each of the overseer's ticks on the way shows the ledger what a person has acknowledged; at one moment the workflow comes before the tick. */
async function passTime(world: World, to: number): Promise<void> {
	for (let tick = world.tickFrom(world.now); tick < to; tick += tickSeconds) {
		await world.advance(tick);
		const acknowledged = world.vendors.acknowledged();
		if (acknowledged === undefined || acknowledged.at > tick) continue;
		const stored = await world.ledger.read(key);
		const incident = stored?.value as Incident;
		if (incident.state !== "open" || incident.acknowledged !== undefined) continue;
		const { tier, channel } = acknowledged.place;
		const answered = { ...incident, acknowledged: { at: world.clock.now(), by: "the person on call", tier, channel: channel.name } };
		await world.ledger.write(key, answered, stored?.version ?? 0, { dueAt: zero });
	}
	await world.advance(to);
}

function compiled(
	played: Case,
	world: World,
	planted: Planted,
): { readonly workflow: Workflow; readonly actions: ReadonlyMap<string, Action> } {
	const settings = stackWith(played.policy);
	const sets = actionSets(settings);
	const substitutions: Readonly<Record<string, string>> = Object.assign({}, ...allSets(sets).map(substitutionsOf));
	// The plan is a fraction of the workflow, and all placeholders stand in it.
	const plan: ResponsePlan = JSON.parse(replaceKnown(JSON.stringify(responsePlan(settings, "default", sets)), substitutions));
	const written = compileResponse(planted.plan?.(plan) ?? plan);
	const workflow = planted.workflow?.(written) ?? written;
	const answers: Readonly<Record<string, Readonly<Record<string, Action>>>> = {
		ledger: ledgerActions(world, played.policy),
		genesys: {
			checkCredentials: () => succeeded({ clientName: "responder", organizationId: stack.genesys.organizationId }),
			healthCheckTrigger: () => succeeded({ connected: [false, true], total: 2 }),
		},
		...Object.fromEntries([...sets.vendors.values()].map(({ key, channel }) => [key, vendorActions(world, channel)])),
	};
	const actions = allSets(sets).flatMap((set) =>
		Object.keys(set.actions).map((name): [string, Action] => {
			const action = answers[set.key]?.[name];
			if (action === undefined) throw new Error(`Expected an answer for the data action ${set.key}/${name}, got none`);
			return [`${set.category}/${substitutions[actionPlaceholder(set.key, name)]}`, action];
		}),
	);
	return { workflow, actions: new Map(actions) };
}

const substitutionsByKey = new Map<string, Readonly<Record<string, string>>>();

/** A set's key decides its names: the cases differ in who is paged, not in how an action is made. */
function substitutionsOf(set: ActionSet): Readonly<Record<string, string>> {
	const known = substitutionsByKey.get(set.key) ?? computedSubstitutions(set);
	substitutionsByKey.set(set.key, known);
	return known;
}

const succeeded = (outputs: Readonly<Record<string, Json>>): CallResult => ({ kind: "success", outputs });
const failed = (status: number): CallResult => ({ kind: "failure", outputs: { errorCode: "request.failed", status } });

function ledgerActions(world: World, policy: EscalationPolicy): Readonly<Record<string, Action>> {
	const settings = settingsWith(policy);
	const answer = async (operation: string, input: Readonly<Record<string, Json>>, dies: boolean): Promise<CallResult> => {
		const ports = {
			settings,
			clock: world.clock,
			ledger: dies ? deadly(world.ledger) : world.ledger,
			journal: { log: () => undefined },
			acknowledgeLinks: plainLinks,
		};
		const request = parse(ledgerRequest, { operation, input });
		switch (request.operation) {
			case "claim":
				return succeeded({ ...(await answerClaim(ports, request.input)) });
			case "record":
				return succeeded({ ...(await answerRecord(ports, request.input)) });
			case "read":
				return succeeded({ ...(await answerRead(ports, request.input)) });
			case "release":
				return succeeded({ ...(await answerRelease(ports, request.input)) });
		}
	};
	const alive = (error: unknown): CallResult => {
		if (error instanceof Died) return failed(502);
		throw error;
	};
	return Object.fromEntries(
		["claim", "record", "read", "release"].map((name) => [name, (input, dies = false) => answer(name, input, dies).catch(alive)]),
	);
}

function sendResult(world: World, place: Place, outputs: (receipt: string) => Readonly<Record<string, Json>>): CallResult {
	const answer = world.send(place);
	if ("receipt" in answer) return succeeded(outputs(answer.receipt));
	return answer.refused === "timeout" ? { kind: "timeout" } : failed(answer.refused === "unavailable" ? 503 : 400);
}

const vendorActions = (world: World, channel: Channel): Readonly<Record<string, Action>> =>
	channel.kind === "sms" ? twilioActions(world) : pagerDutyActions(world, settingOf(channel, "service"));

function pagerDutyActions(world: World, service: string): Readonly<Record<string, Action>> {
	const place = world.vendors.at(service);
	const created = () => new Date(zero + (world.vendors.acceptedAt(place.key) ?? 0) * 1000).toISOString();
	return {
		trigger: ({ dedupKey }) => sendResult(world, place, () => ({ status: "success", dedupKey: dedupKey ?? null })),
		read: ({ dedupKey, serviceId }) => {
			const { state } = world.vendors.read(place);
			if (state === "absent") return succeeded({ incidentKey: "", serviceId: "", status: "", createdAt: "" });
			const status = state === "delivered" ? "triggered" : state;
			return succeeded({ incidentKey: dedupKey ?? null, serviceId: serviceId ?? null, status, createdAt: created() });
		},
	};
}

function twilioActions(world: World): Readonly<Record<string, Action>> {
	const sent = new Map<string, Place>();
	return {
		send: ({ to }) => {
			const place = world.vendors.at(String(to));
			return sendResult(world, place, (receipt) => {
				sent.set(receipt, place);
				return { sid: receipt, status: "queued" };
			});
		},
		read: ({ sid }) => {
			const place = sent.get(String(sid));
			if (place === undefined) return failed(404);
			const { state } = world.vendors.read(place);
			const to = place.channel.kind === "sms" ? place.channel.to : "";
			return succeeded({ sid: sid ?? null, status: state === "pending" ? "queued" : state, to, createdAt: "" });
		},
	};
}

/** Longer than any policy of the generators takes. */
const longestStorySeconds = 4 * 3600;

/** What the overseer does alone: it has taken over before anything was sent, and ticks until somebody answers or nobody is left. */
export async function overseerStory(played: Case, planted: Planted = {}): Promise<Story> {
	const world = new World(played);
	await world.open({ takenOver: { at: zero, reason: "not-launched" } });
	const troubles = new Troubles(planted.troubles?.overseer ?? [], (seconds) => world.advance(world.now + seconds), planted.met);
	const ports = {
		settings: settingsWith(planted.policy?.(played.policy) ?? played.policy),
		clock: world.clock,
		deadline: endless,
		ledger: troubles.ledger(planted.ledger?.(world.ledger) ?? world.ledger),
		journal: { log: () => undefined },
		queue: { send: async () => undefined },
		workflows: { launch: async () => "execution-1", status: async () => ({ status: "unknown" as const }) },
		remedies: noRemedies,
		credentials: validCredentials,
		acknowledgeLinks: plainLinks,
		pagers: (channel: Place["channel"]) => troubles.pager(pagerOf(world, world.vendors.of(channel), planted)),
	};
	for (let tick = world.tickFrom(0); tick < longestStorySeconds; tick += tickSeconds) {
		await world.advance(tick);
		await troubles.run(() => oversee(ports));
		const { state, acknowledged, exhausted } = await world.incident();
		const outcome =
			acknowledged !== undefined ? "acknowledged" : state !== "open" ? "recovered" : exhausted !== undefined ? "exhausted" : "";
		if (outcome === "") continue;
		world.recordOutcome(outcome);
		return world.story();
	}
	world.recordOutcome("the overseer comes to no end");
	return world.story();
}

function pagerOf(world: World, place: Place, { reading }: Planted): Pager {
	return {
		send: async () => {
			const answer = world.send(place);
			if ("refused" in answer) throw new EdgeError(answer.refused, "refused", { retry: true });
			return answer;
		},
		read: async () => reading?.(world.vendors.read(place)) ?? world.vendors.read(place),
		acknowledge: async () => undefined,
		resolve: async () => ({ receipt: `receipt-${place.key}` }),
	};
}
