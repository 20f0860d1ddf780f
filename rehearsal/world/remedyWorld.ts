import type { Settings } from "../../components/settings/settings.ts";
import { activeRemediation } from "../../functions/pipeline/remedy/rules.ts";
import type { RuntimeSettings } from "../../functions/pipeline/settings.ts";
import { type Remedy, statementsOf } from "../../remedies/kinds.ts";
import type { OfflineAws } from "../aws/account.ts";
import type { GenesysCloud } from "../genesyscloud/index.ts";
import type { Timeline } from "../report/timeline.ts";
import type { Happens } from "../scenario/scenario.ts";
import type { VirtualClock } from "./clock.ts";
import { type CustomerEmulator, createCustomer } from "./customer.ts";

/** What signs the calls of the customer's endpoint, and approval links, in every rehearsal. */
export const remedySecrets = { webhook: "rehearsal-remedy-webhook-secret", approval: "rehearsal-remedy-approval-secret" } as const;

/** The remedies that a stack's runbooks may use. */
function remediesOf({ runbooks }: Pick<RuntimeSettings, "runbooks">): readonly Remedy[] {
	return Object.values(runbooks).flatMap((runbook) => activeRemediation(runbook)?.remedy ?? []);
}

/** What exists before anything is deployed: the emergency groups and documents that the settings name. */
export function furnishRemedies(settings: RuntimeSettings, genesys: GenesysCloud, aws: OfflineAws): void {
	for (const remedy of remediesOf(settings)) {
		if (remedy.kind === "emergency-group") genesys.world.addEmergencyGroup({ id: remedy.groupId, name: "Carrier outage" });
		for (const name of documentsOf(remedy)) aws.automation.addDocument(name);
	}
}

/** The Automation documents that a remedy may start, by what it needs. */
const documentsOf = (remedy: Remedy): readonly string[] =>
	statementsOf([remedy])
		.flatMap(({ resources }) => resources)
		.flatMap((resource) => (typeof resource === "string" ? [] : (/^document\/(.+)$/.exec(resource.resource)?.[1] ?? [])));

/** The customer's endpoints that a remedy may call. */
const endpointsOf = (remedy: Remedy): readonly string[] =>
	Object.values<unknown>(remedy).flatMap((value) => (typeof value === "string" && value.startsWith("https://") ? value : []));

/** The customer's endpoints, which remedies call. */
export function customerOf({ runtime }: Settings, clock: VirtualClock, effects: RemedyEffects): CustomerEmulator {
	return createCustomer({
		now: () => clock.now(),
		urls: remediesOf(runtime).flatMap(endpointsOf),
		secret: remedySecrets.webhook,
		done: ({ action }) => (action === "do" ? effects.done() : undefined),
	});
}

type Help = Extract<Happens, { do: "remedy-helps" }>;

/** What remedies do to the world: nothing, unless the scenario says that they help. */
export class RemedyEffects {
	readonly #clock: VirtualClock;
	readonly #timeline: Timeline;
	readonly #genesys: () => GenesysCloud;
	readonly #helps: Help[] = [];

	constructor(clock: VirtualClock, timeline: Timeline, genesys: () => GenesysCloud) {
		this.#clock = clock;
		this.#timeline = timeline;
		this.#genesys = genesys;
	}

	/** From now on the next remedy that is done brings the trunk up. */
	expect(help: Help): void {
		this.#helps.push(help);
	}

	/** Told by whatever was acted on. */
	done(): void {
		for (const help of this.#helps.splice(0)) {
			this.#clock.at(this.#clock.now() + help.after * 1000, "scenario", async () => {
				this.#genesys().world.setTrunk(help.trunk, "up");
				this.#timeline.log({ who: "scenario", what: "trunk-up", detail: `${help.trunk}: the remedy helps` });
			});
		}
	}
}
