import * as pulumi from "@pulumi/pulumi";
import { holdsLink } from "../functions/pipeline/page/link.ts";
import { launchedPolicies } from "../functions/pipeline/route/policy.ts";
import type { EscalationPolicy } from "../functions/pipeline/settings.ts";
import { DispatchQueue } from "./aws/dispatchQueue.ts";
import { IncidentLedger } from "./aws/incidentLedger.ts";
import { deadLetterQueueName, dispatchQueueName, eventDeadLetterQueueName, eventQueueName } from "./aws/names.ts";
import { RedisLedger } from "./aws/redisLedger.ts";
import { Detector } from "./detector.ts";
import { Dispatcher } from "./dispatcher.ts";
import { EventIntake } from "./eventIntake.ts";
import type { Foundation } from "./foundation.ts";
import { functionNames } from "./functions/bundle.ts";
import { withArns } from "./functions/needs.ts";
import { nameOfFunction } from "./functions/responderFunction.ts";
import { ActiveIncidents } from "./genesys/activeIncidents.ts";
import { GenesysActions } from "./genesys/genesysActions.ts";
import type { MessengerActionSet } from "./genesys/messengerActions.ts";
import { OauthClient } from "./genesys/oauthClient.ts";
import type { RemedyActionSet } from "./genesys/remedyActions.ts";
import { IncidentSystems } from "./incidentSystems.ts";
import { LedgerService } from "./ledgerService.ts";
import { Messenger } from "./messenger.ts";
import { Overseer } from "./overseer.ts";
import type { Prepared } from "./prepare.ts";
import { Remediator } from "./remediator.ts";
import { ResponseFlow } from "./responseFlow.ts";
import { watchSecretKeys } from "./settings/secrets.ts";
import type { Settings } from "./settings/settings.ts";
import type { Secrets } from "./settings/stackConfiguration.ts";
import { Watch } from "./watch.ts";
import { WebhookIntake } from "./webhookIntake.ts";

export interface RunbookSystemArgs {
	readonly settings: Settings;
	readonly prepared: Prepared;
	readonly secrets: Secrets;
	/** Whether an optional configuration key has a value. */
	readonly configured: (key: string) => boolean;
}

/**
 * The whole system, in the order in which a failure travels. Every name is part of a resource's identity: one that is changed
 * for taste destroys the resource and makes it again.
 */
export class RunbookSystem extends pulumi.ComponentResource {
	readonly ledger: IncidentLedger | RedisLedger;
	readonly queue: DispatchQueue;
	readonly detector: Detector;
	readonly intake: WebhookIntake;
	/** Only where Genesys Cloud sends events. */
	readonly events: EventIntake | undefined;
	readonly ledgerService: LedgerService;
	/** The response workflow of each policy, by its name. */
	readonly responses: Readonly<Record<string, ResponseFlow>>;
	readonly dispatcher: Dispatcher;
	readonly overseer: Overseer;
	/** Only where a runbook may act. */
	readonly remediator: Remediator | undefined;
	/** Only where a channel pages that no data action can call. */
	readonly messenger: Messenger | undefined;
	/** Only where the settings want the table. */
	readonly activeIncidents: ActiveIncidents | undefined;
	readonly watch: Watch;

	constructor(name: string, args: RunbookSystemArgs, opts?: pulumi.ComponentResourceOptions) {
		super("genesyscloud-runbooks:index:RunbookSystem", name, {}, opts);
		const { settings, prepared, secrets, configured } = args;
		const { sets, flows } = prepared;
		const child = { parent: this };

		// What waits, and what remembers.
		this.queue = new DispatchQueue(`${name}-dispatch`, { settings }, child);
		this.ledger = this.#ledger(`${name}-ledger`, args);
		const foundation = { settings, ledger: this.ledger, queue: this.queue };

		// Detect, normalize, deduplicate.
		this.detector = new Detector(`${name}-detector`, foundation, child);
		this.intake = new WebhookIntake(
			`${name}-intake`,
			{ ...foundation, secrets, configured },
			// As it was called: its functions, secrets and address keep their places in what is deployed.
			{ ...child, aliases: [{ name: `${name}-receiver`, type: "genesyscloud-runbooks:index:Receiver" }] },
		);
		this.events = this.#events(name, foundation);

		// Respond: all that the workflows call, then one workflow for each policy.
		this.ledgerService = new LedgerService(`${name}-ledger-service`, { ...foundation, set: sets.ledger, links: this.intake.links }, child);
		const systems = new IncidentSystems(`${name}-systems`, { settings, sets, secrets, ownArn: this.queue.queueArn }, child);
		const genesys = new GenesysActions(`${name}-genesys`, { settings, set: sets.genesys }, child);
		this.remediator = this.#remediator(name, { ...foundation, secrets }, sets.remedy);
		this.messenger = this.#messenger(name, foundation, systems, sets.messenger);
		const substitutions = {
			...this.ledgerService.actions.substitutions,
			...systems.substitutions,
			...genesys.substitutions,
			...this.remediator?.substitutions,
			...this.messenger?.substitutions,
		};
		this.responses = Object.fromEntries(
			flows.map((flow) => [flow.policy, new ResponseFlow(`${name}-response-${flow.policy}`, { flow, substitutions }, child)]),
		);
		const flowIds = Object.fromEntries(Object.entries(this.responses).map(([policy, { flowId }]) => [policy, flowId]));

		// Dispatch to the workflow; escalate and resolve, whatever the workflow does.
		const launcher = this.#launcher(name, settings);
		const launching = { SECRET_GENESYS_LAUNCHER: launcher.requireSecretArn() };
		const { links } = this.intake;
		const first = launchedPolicies(settings.runtime).some(firstPageHoldsLink) ? links : { variables: {}, secretArns: {} };
		const firstSecrets = withArns(systems.firstSecrets, { ...launching, ...first.secretArns });
		const dispatching = { flowIds, secrets: firstSecrets, variables: first.variables };
		this.dispatcher = new Dispatcher(`${name}-dispatcher`, { ...foundation, ...dispatching }, child);
		const overseen = withArns(systems.secrets, { ...launching, ...links.secretArns });
		this.activeIncidents =
			settings.runtime.activeIncidents === true ? new ActiveIncidents(`${name}-active`, { settings }, child) : undefined;
		this.overseer = new Overseer(
			`${name}-overseer`,
			{
				...foundation,
				secrets: overseen,
				variables: links.variables,
				remediator: this.remediator?.responder,
				activeIncidents: this.activeIncidents,
				heartbeatUrl: heartbeatOf(args),
			},
			child,
		);

		// Watch all of them, without any of them.
		this.watch = this.#watch(name, args);

		this.registerOutputs({ flowIds });
	}

	#ledger(name: string, { settings, secrets }: RunbookSystemArgs): IncidentLedger | RedisLedger {
		const { redis: server } = settings;
		if (server === undefined) return new IncidentLedger(name, { settings }, { parent: this });
		return new RedisLedger(name, { settings, server, secrets, ownArn: this.queue.queueArn }, { parent: this });
	}

	#events(name: string, foundation: Foundation): EventIntake | undefined {
		const { runtime, eventSource: suffix } = foundation.settings;
		if (runtime.events === undefined || suffix === undefined) return undefined;
		return new EventIntake(`${name}-events`, { ...foundation, suffix, events: runtime.events }, { parent: this });
	}

	#launcher(name: string, settings: Settings): OauthClient {
		return new OauthClient(
			`${name}-launcher`,
			{
				settings,
				purpose: "launcher",
				description: "The dispatcher launches the response workflows with it, the overseer reads how they ended.",
				permissions: ["architect:flow:launch", "architect:flowExecution:view"],
				usedBy: "functions",
			},
			{ parent: this },
		);
	}

	#watch(name: string, { settings, secrets }: RunbookSystemArgs): Watch {
		const optional = { remediator: this.remediator, messenger: this.messenger, listener: this.events };
		const there = functionNames.filter((each) => !(each in optional) || Reflect.get(optional, each) !== undefined);
		const functions = Object.fromEntries(there.map((each) => [each, nameOfFunction(settings, each)]));
		const after = [this.detector.poller.schedule, this.overseer.responder.schedule];
		const watched = {
			functions,
			queue: dispatchQueueName(settings),
			deadLetters: deadLetterQueueName(settings),
			...(this.events === undefined
				? {}
				: { events: { queue: eventQueueName(settings), deadLetters: eventDeadLetterQueueName(settings) } }),
			ownArn: this.queue.queueArn,
			after,
		};
		return new Watch(`${name}-watch`, { settings, secrets, ...watched }, { parent: this });
	}

	#messenger(name: string, args: Foundation, systems: IncidentSystems, set: MessengerActionSet | undefined): Messenger | undefined {
		if (set === undefined) return undefined;
		const { secretArns, variables } = this.intake.links;
		const own = { set, secrets: withArns(systems.messengerSecrets, secretArns), variables, genesys: this.ledgerService.actions };
		return new Messenger(`${name}-messenger`, { ...args, ...own }, { parent: this });
	}

	#remediator(name: string, args: Foundation & { readonly secrets: Secrets }, set: RemedyActionSet | undefined): Remediator | undefined {
		if (set === undefined) return undefined;
		const { actions: genesys } = this.ledgerService;
		const { webhook, approvalSeals } = this.intake;
		return new Remediator(`${name}-remediator`, { ...args, set, genesys, webhook, approvalSeals }, { parent: this });
	}
}

/** The dead-man's switch outside, where the settings want one. */
const heartbeatOf = ({ settings, secrets }: RunbookSystemArgs): pulumi.Output<string> | undefined =>
	settings.watch.heartbeat ? secrets(watchSecretKeys.heartbeat) : undefined;

/** The one page that the dispatcher may have to send: the first channel of the first tier. */
function firstPageHoldsLink(policy: EscalationPolicy): boolean {
	const first = policy.tiers[0]?.channels[0];
	return first !== undefined && holdsLink(policy, first.kind);
}
