import { describe, expect, test } from "vitest";
import type { Workflow } from "../../architect/model.ts";
import type { Incident, Page } from "../../functions/pipeline/model/incident.ts";
import type { Ledger } from "../../functions/pipeline/ports.ts";
import type { EscalationPolicy } from "../../functions/pipeline/settings.ts";
import type { PlannedTier, ResponsePlan } from "../../response/plan.ts";
import type { Difference } from "./compare.ts";
import { runs, seed } from "./everyRun.ts";
import { search } from "./search.ts";
import type { Planted } from "./stories.ts";
import { key } from "./world.ts";

const fewerAttempts = <T extends EscalationPolicy | ResponsePlan>(policy: T): T =>
	policy.attemptsPerChannel === 1
		? policy
		: { ...policy, attemptsPerChannel: policy.attemptsPerChannel - 1, waitsSeconds: policy.waitsSeconds.slice(0, -1) };

const tiers = (plan: ResponsePlan, change: (tier: PlannedTier) => PlannedTier): ResponsePlan => ({
	...plan,
	tiers: plan.tiers.map(change),
});

/** A workflow with a text of its expressions, names or targets replaced. */
const reworded = (workflow: Workflow, from: string, to: string): Workflow => JSON.parse(JSON.stringify(workflow).replaceAll(from, to));

/** A ledger in which the incident is written otherwise than the overseer wants. */
const rewritten =
	(change: (incident: Incident, before: Incident) => Incident) =>
	(ledger: Ledger): Ledger => ({
		...ledger,
		write: async (name, value, version, options) => {
			if (name !== key) return ledger.write(name, value, version, options);
			const before = (await ledger.read(name))?.value as Incident;
			return ledger.write(name, change(value as Incident, before), version, options);
		},
	});

const waitedFor = (page: Page, before: Incident): Page => {
	const earlier = before.pages.find(
		({ tier, channel, purpose }) => tier === page.tier && channel === page.channel && purpose === page.purpose,
	);
	return page.state === "unproven" && earlier?.state === "sending" ? { ...page, state: "accepted" } : page;
};

/** A change to an executor, and what the comparison calls the first difference that it makes. */
interface Plant extends Planted {
	readonly found: Difference["name"];
}

const inWorkflow: Readonly<Record<string, Plant>> = {
	"one attempt fewer": { found: "given-up-too-soon", plan: fewerAttempts },
	"no fallback channel": {
		found: "different-end",
		plan: (plan) => tiers(plan, (tier) => ({ ...tier, channels: tier.channels.slice(0, 1) })),
	},
	"the channels in the wrong order": {
		found: "different-place",
		plan: (plan) => tiers(plan, (tier) => ({ ...tier, channels: tier.channels.toReversed() })),
	},
	"the waits between attempts in the wrong order": {
		found: "late-step",
		plan: (plan) => ({ ...plan, waitsSeconds: plan.waitsSeconds.toReversed() }),
	},
	"a 2xx for a proof": {
		found: "proof-invented",
		plan: (plan) => tiers(plan, (tier) => ({ ...tier, channels: tier.channels.map((channel) => ({ ...channel, provenWhen: "true" })) })),
	},
	"one wait for an acknowledgement that is a second too long": {
		found: "late-step",
		plan: (plan) => ({ ...plan, acknowledgeSeconds: plan.acknowledgeSeconds + 1 }),
	},
	"a tier left out": { found: "different-place", workflow: (workflow) => (workflow.states.length === 6 ? leftOut(workflow) : workflow) },
	"an acknowledgement not heard": {
		found: "paged-after-the-end",
		workflow: (workflow) => reworded(workflow, "State.acknowledged == true", "State.acknowledged == NOT_SET"),
	},
};

/** Claim, Remediate, three tiers, End: the first tier is followed by the third. */
function leftOut(workflow: Workflow): Workflow {
	return {
		...workflow,
		states: workflow.states.map((state) =>
			state.refId === "PageTier1" ? JSON.parse(JSON.stringify(state).replaceAll('"target":"PageTier2"', '"target":"PageTier3"')) : state,
		),
	};
}

const inOverseer: Readonly<Record<string, Plant>> = {
	"one attempt fewer": { found: "given-up-too-soon", policy: fewerAttempts },
	"no fallback channel": {
		found: "different-end",
		policy: (policy) => ({ ...policy, tiers: policy.tiers.map((tier) => ({ ...tier, channels: tier.channels.slice(0, 1) })) }),
	},
	"a 2xx for a proof": {
		found: "proof-invented",
		reading: (reading) => ("receipt" in reading ? { ...reading, state: "delivered" } : { state: "delivered", receipt: "r" }),
	},
	"a proof deadline of a tick more": { found: "late-step", policy: (policy) => ({ ...policy, proofSeconds: policy.proofSeconds + 60 }) },
	"the proof deadline for the wait for an acknowledgement": {
		found: "early-step",
		policy: (policy) => ({ ...policy, acknowledgeSeconds: policy.proofSeconds }),
	},
	"an acknowledgement not heard": {
		found: "paged-after-the-end",
		reading: (reading) => (reading.state === "acknowledged" ? { ...reading, state: "delivered" } : reading),
	},
	"a tier left out": {
		found: "early-step",
		ledger: rewritten((incident, before) =>
			before.tier === 1 && incident.tier === 2 && incident.pages.length === before.pages.length ? { ...incident, tier: 3 } : incident,
		),
	},
	"a page that was sent again is waited for": {
		found: "late-step",
		ledger: rewritten((incident, before) => ({ ...incident, pages: incident.pages.map((page) => waitedFor(page, before)) })),
	},
	"an incident that is never stale": {
		found: "stale-not-paged",
		policy: (policy) => ({ ...policy, staleSeconds: policy.staleSeconds * 100 }),
	},
};

describe.each([
	["workflow", inWorkflow],
	["overseer", inOverseer],
])("planted in the %s", (_who, plants) => {
	test.each(Object.entries(plants))("%s: found within the cases of every run", async (_name, { found, ...planted }) => {
		const { difference } = await search({ runs, seed, planted, asFound: true });
		expect(difference?.name).toBe(found);
	});
});

test("what is found is made small and told readably: the policy, the course of the world, both stories", async () => {
	const { counterexample = "" } = await search({ runs, seed, planted: { plan: fewerAttempts } });
	expect(counterexample).toContain("given-up-too-soon (workflow)");
	expect(counterexample).toMatch(/^policy \(seed \d+\): [23] attempts, waits \[\d+.*\n {2}tier 1: \w+\nworld: /m);
	expect(counterexample).toMatch(/^the workflow.*:\n +0 refused 1\/\w+ attempt 1\n/m);
	expect(counterexample).toMatch(/^the overseer.*:\n +0 refused 1\/\w+ attempt 1\n/m);
});
