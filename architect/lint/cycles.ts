import type { Action, Workflow } from "../model.ts";
import { finding, type RuleFinding } from "./rule.ts";
import { everyStep, type Owner, owners } from "./steps.ts";

interface Lead {
	readonly action: Action;
	readonly target: Owner;
}

/** How states and tasks lead to each other. */
interface Leads {
	/** Every state and task, those that it leads to before itself (but for a cycle). */
	readonly inwards: readonly Owner[];
	/** Each way back to a state or task that is still under way, with the way there. */
	readonly back: readonly { readonly action: Action; readonly trail: readonly Owner[] }[];
}

/** Follows changeState and callTask through a workflow without recursion: a chain of states may be as long as a file allows. */
export function leadsTo(workflow: Workflow): Leads {
	const leads = leadsOf(workflow);
	const inwards: Owner[] = [];
	const back: { action: Action; trail: readonly Owner[] }[] = [];
	const seen = new Set<Owner>();
	for (const first of leads.keys()) {
		if (seen.has(first)) continue;
		seen.add(first);
		const trail: Owner[] = [first];
		const rest = [leads.get(first)?.values()];
		const depth = new Map<Owner, number>([[first, 0]]);
		for (let last = trail.at(-1); last !== undefined; last = trail.at(-1)) {
			const lead = rest.at(-1)?.next().value;
			if (lead === undefined) {
				inwards.push(last);
				depth.delete(last);
				trail.pop();
				rest.pop();
				continue;
			}
			const begin = depth.get(lead.target);
			if (begin !== undefined) back.push({ action: lead.action, trail: [...trail.slice(begin), lead.target] });
			if (seen.has(lead.target)) continue;
			seen.add(lead.target);
			depth.set(lead.target, trail.length);
			trail.push(lead.target);
			rest.push(leads.get(lead.target)?.values());
		}
	}
	return { inwards, back };
}

/**
 * Each way back to a state or task that is still under way, with the whole cycle in the message. A warning where the flow is not ours: a counter may
 * bound it, which is not proven here, and the platform publishes it.
 */
export function cycles(workflow: Workflow, ours: boolean): RuleFinding[] {
	return leadsTo(workflow).back.map(({ action, trail }) => {
		const names = shortened(trail.map(({ sequence }) => sequence.name));
		const message = `Expected states and tasks to lead on without return, got the cycle ${names.join(" -> ")}.`;
		return finding(action.place, "cycle", message, "Repeat with a loop that counts, inside one state.", ours ? "error" : "warning");
	});
}

const mostNames = 20;

function shortened(names: readonly string[]): readonly string[] {
	return names.length <= mostNames ? names : [...names.slice(0, mostNames / 2), "…", ...names.slice(-mostNames / 2)];
}

function leadsOf(workflow: Workflow): ReadonlyMap<Owner, readonly Lead[]> {
	const all = owners(workflow);
	const byKey = new Map(all.map((owner) => [`${owner.kind} ${owner.sequence.refId}`, owner]));
	const leads = new Map<Owner, Lead[]>(all.map((owner) => [owner, []]));
	const bySequence = new Map(all.map((owner) => [owner.sequence, owner]));
	for (const { action, owner } of everyStep(workflow)) {
		if (action.kind !== "changeState" && action.kind !== "callTask") continue;
		const target = byKey.get(`${action.kind === "changeState" ? "state" : "task"} ${action.target}`);
		const from = bySequence.get(owner.sequence);
		if (target !== undefined && from !== undefined) leads.get(from)?.push({ action, target });
	}
	return leads;
}
