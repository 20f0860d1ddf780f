import type { Settings } from "../../components/settings/settings.ts";
import type { createAws, OfflineAws } from "../aws/account.ts";
import type { FunctionWorld } from "../aws/functionWorld.ts";
import { createTopics, type Topics } from "../aws/topics.ts";
import { createGenesysCloud, type GenesysCloud, type GenesysEvent } from "../genesyscloud/index.ts";
import { createProvider } from "../provider/genesyscloud.ts";
import { Timeline } from "../report/timeline.ts";
import type { TimelineEvent } from "../report/timelineEvent.ts";
import type { EntityIds, Trouble } from "../report/verdict.ts";
import { logWorkflow } from "../report/workflowStory.ts";
import type { Scenario, ScenarioTrunk } from "../scenario/scenario.ts";
import type { StackFile } from "../scenario/stackFile.ts";
import { routesTo } from "../vendors/emulator.ts";
import { emulatedKinds, emulatorOf, type VendorAccounts, type VendorSystem, vendorSystems } from "../vendors/emulators.ts";
import { createAccount } from "./account.ts";
import { CallCounts } from "./callCounts.ts";
import { VirtualClock } from "./clock.ts";
import type { CustomerEmulator } from "./customer.ts";
import { createDeadMansSwitch, type DeadMansSwitch } from "./deadMansSwitch.ts";
import { type Deployment, deploy, readGenerated, type Tamper } from "./deploy.ts";
import { issueSecrets } from "./issuedSecrets.ts";
import { Latency, type LatencySetting } from "./latency.ts";
import { type Network, network } from "./network.ts";
import { PartnerBus } from "./partnerBus.ts";
import { type Random, seeded } from "./random.ts";
import { customerOf, furnishRemedies, RemedyEffects } from "./remedyWorld.ts";
import { SkewedClock } from "./skewedClock.ts";
import type { TwiceRun } from "./twiceRun.ts";
import { openAccounts } from "./vendorAccounts.ts";
import { watchedQueues, withFeeds } from "./watched.ts";
import { WireFaults } from "./wireFaults.ts";
import { uniqueIds } from "./worldIds.ts";

/** Where a scenario does not say when it starts, it is this instant, a Monday morning. */
export const start = Date.UTC(2026, 0, 5, 8, 0, 0);
/** The deployment is over by then: it takes no time but where Genesys Cloud makes it wait. */
const deploymentMilliseconds = 3_600_000;

export interface WorldOptions {
	readonly file: StackFile;
	readonly seed: number;
	/** The instant at which the story begins; the usual one when absent. */
	readonly start?: number;
	readonly trunks: readonly ScenarioTrunk[];
	readonly queues?: Scenario["queues"];
	readonly tamper?: Tamper;
	/** The vendors that tell by webhooks what happens: the stack has the secrets for it. */
	readonly webhooks?: readonly VendorSystem[];
	/** Makes the account in AWS; the offline one when absent. */
	readonly account?: typeof createAws;
	/** Deploys the program; another one may remember what it deployed before. */
	readonly deploy?: typeof deploy;
	/** How long calls take; off when absent. */
	readonly latency?: LatencySetting | undefined;
	/** Changes what a function reaches, for a test that plants a fault. */
	readonly wrapPorts?: FunctionWorld["wrapPorts"];
	readonly listener?: (event: TimelineEvent) => void;
	/** Told of what AWS would bill. */
	readonly meter?: FunctionWorld["meter"];
	/** Told of what happens in Genesys Cloud. */
	readonly hears?: (event: GenesysEvent) => void;
	/** Sees every HTTP request of the story, also one that nobody gets. */
	readonly sees?: (request: Request) => void;
}

/** The offline world: everything outside the program, and what the program declared in it. */
export interface OfflineWorld extends EntityIds {
	/** When the story begins. */
	readonly start: number;
	readonly clock: VirtualClock;
	readonly timeline: Timeline;
	readonly settings: Settings;
	readonly genesys: GenesysCloud;
	readonly aws: OfflineAws;
	/** The stack's account at every vendor. */
	readonly vendors: VendorAccounts;
	readonly customer: CustomerEmulator;
	/** The service outside that tells people when the overseer does not call it any more. */
	readonly deadMansSwitch: DeadMansSwitch;
	/** Those of Amazon SNS that the stack takes alarms of. */
	readonly topics: Topics;
	/** What remedies do to the world. */
	readonly effects: RemedyEffects;
	readonly network: Network;
	readonly latency: Latency;
	/** How often each host and service was called, by the minute. */
	readonly calls: CallCounts;
	/** What is wrong on the way to hosts, the ledger and the queue. */
	readonly faults: WireFaults;
	/** The functions that run twice for one event now. */
	readonly twice: TwiceRun;
	/** On which events of Genesys Cloud come. */
	readonly bus: PartnerBus;
	/** The clock of each vendor, which a fault may put off. */
	readonly clocks: Readonly<Record<SkewableSystem, SkewedClock>>;
	/** Draws for what the world decides itself: phases of schedules, second deliveries. */
	readonly random: Random;
	readonly deployment: Deployment;
	/** What went wrong with a declared resource, as it happens. */
	readonly troubles: Trouble[];
	/** Values that must never be printed: every secret that the vendors issued. */
	readonly secrets: readonly string[];
}

/** Whose clock may be off. */
export type SkewableSystem = VendorSystem | "genesys";

/** Everything outside the program, before anything is deployed. */
type Outside = Omit<OfflineWorld, "deployment" | "secrets">;

/** Makes the world and deploys the program into it. Throws what the program throws. */
export async function createOfflineWorld(options: WorldOptions): Promise<OfflineWorld> {
	const { file, tamper, webhooks = [] } = options;
	const outside = createOutside(options);
	const { genesys, aws, network: wires, troubles, clock, timeline } = outside;
	const { domain } = outside.settings.runtime.genesys;
	const issued = issueSecrets(file, outside, webhooks);
	const client = genesys.world.issueBootstrapClient();
	const bases = { apiBase: `https://api.${domain}`, loginBase: `https://login.${domain}` };
	const pause = (milliseconds: number): Promise<void> => clock.run(clock.now() + milliseconds);
	const provider = createProvider({ fetch: wires, ...bases, ...client, readFile: readGenerated, pause });
	await provider.configure();
	const deployment = await (options.deploy ?? deploy)({
		stack: file.stack,
		config: { ...file.config, ...issued },
		secretKeys: Object.keys(issued),
		create: async ({ type, name, inputs }) =>
			type.startsWith("genesyscloud:") ? provider.create(type, name, inputs) : aws.create(type, name, inputs),
		...(tamper === undefined ? {} : { tamper }),
	});
	await clock.run(outside.start);
	// What was refused while a resource was made is told by its failure.
	troubles.splice(0, troubles.length, ...deployment.failures.map((failure) => ({ ...failure, at: clock.now(), explainedBy: [] })));
	timeline.log({ who: "scenario", what: "deployed", outcome: file.stack, detail: `${deployment.resources.length} resources` });
	return { ...outside, deployment, secrets: Object.values(issued) };
}

function createOutside(options: WorldOptions): Outside {
	const { file, seed, trunks, queues = [], listener, sees, latency: setting = "off", start: begins = start } = options;
	const { settings } = file;
	const { domain } = settings.runtime.genesys;
	const clock = new VirtualClock(begins - deploymentMilliseconds);
	const timeline = new Timeline(() => clock.now(), listener, begins);
	const troubles: Trouble[] = [];
	const clocks = skewedClocks(clock);
	const latency = new Latency(setting, seeded(seed ^ 0x1a7e9c));
	const faults = new WireFaults();
	const calls = new CallCounts();
	const twice: TwiceRun = new Set();
	// AWS is made with the network, which leads to the vendors.
	const callers = callersOf(() => aws);
	const vendors = openAccounts(settings.runtime, (kind) => clocks[emulatorOf(kind).system], callers);
	const genesys = createGenesysCloud({
		clock: clocks.genesys,
		organization: { id: settings.genesys.organizationId, name: "Rehearsal", domain },
		// The three know of each other only once all are made.
		outbound: (...request) => wires(...request),
		invokeLambda: (call) => aws.invokeAs(call),
		observe: (event: GenesysEvent) => {
			if (event.kind === "emergency-group" && event.enabled) effects.done();
			if (event.kind === "topic") bus.carry(event);
			logWorkflow(event, timeline, troubles);
			options.hears?.(event);
		},
	});
	const effects = new RemedyEffects(clock, timeline, () => genesys);
	const customer = customerOf(settings, clock, effects);
	const topics = createTopics({ now: () => clock.now(), topicArns: settings.runtime.webhook?.cloudwatch?.topicArns ?? [] });
	const deadMansSwitch = createDeadMansSwitch(() => clock.now(), settings.watch.heartbeat);
	const routes = routesOf(domain, { genesys, vendors, others: [customer, topics, deadMansSwitch] });
	const wires = network(routes, { clock, latency, faults, calls, sees });
	const aws = createAccount({ clock, timeline, troubles, wires, effects, latency, faults, calls, twice, genesys, given: options });
	const bus = new PartnerBus(clock, (event) => aws.putPartnerEvent(event));
	furnishRemedies(settings.runtime, genesys, aws);
	const ids = furnish(genesys, withFeeds(settings, trunks), [...watchedQueues(settings), ...queues]);
	const random = seeded(seed ^ 0x5eed5);
	const outside = {
		start: begins,
		clock,
		timeline,
		settings,
		genesys,
		aws,
		vendors,
		customer,
		topics,
		effects,
		network: wires,
		troubles,
		deadMansSwitch,
	};
	return { ...outside, ...ids, latency, faults, calls, clocks, random, twice, bus };
}

const callersOf = (aws: () => OfflineAws): OfflineAws["callers"] => ({
	secretsOf: (key) => aws().callers.secretsOf(key),
	permits: (...asked) => aws().callers.permits(...asked),
});

/** Whoever answers at hosts of its own. */
interface Answers {
	readonly hosts: readonly string[];
	readonly fetch: (request: Request) => Response | Promise<Response>;
}

/** Each host of the outside, and who answers there. */
function routesOf(
	domain: string,
	{ genesys, vendors, others }: Pick<OfflineWorld, "genesys" | "vendors"> & { readonly others: readonly Answers[] },
) {
	return [
		...[`api.${domain}`, `login.${domain}`, `fileupload.${domain}`].map((host) => ({ host, fetch: genesys.fetch })),
		...emulatedKinds.flatMap((kind) => routesTo(vendors[kind])),
		...others.flatMap(({ hosts, fetch }) => hosts.map((host) => ({ host, fetch }))),
	];
}

function skewedClocks(clock: VirtualClock): Readonly<Record<SkewableSystem, SkewedClock>> {
	const systems: readonly SkewableSystem[] = [...vendorSystems, "genesys"];
	return Object.fromEntries(systems.map((system) => [system, new SkewedClock(clock)])) as Record<SkewableSystem, SkewedClock>;
}

function furnish({ world }: GenesysCloud, trunks: readonly ScenarioTrunk[], queues: Scenario["queues"]): EntityIds {
	const idOf = uniqueIds();
	const trunkIds = trunks.map(({ name, edges, on, times: _spelledOut, ...where }) => {
		const base = { id: idOf("trunk-base", name), name };
		const own = on === undefined ? {} : { edges: on };
		return [name, world.addTrunk({ base, instances: on?.length ?? edges, ...own, ...where })] as const;
	});
	// The scenario's own entry comes later and counts.
	const known = new Map(queues.map((queue) => [queue.name, queue]));
	const queueIds = [...known.values()].map(
		({ name, onQueue, ...where }) => [name, world.addQueue({ id: idOf("queue", name), name, onQueueUsers: onQueue, ...where })] as const,
	);
	const edgeIds = world.edges().map(({ name, id }) => [name, id] as const);
	return { trunkIds: new Map(trunkIds), edgeIds: new Map(edgeIds), queueIds: new Map(queueIds) };
}
