import { isAtLeast, lastOf, notYetKnown, type Resource, recordOf, shown } from "../resource.ts";
import type { StackRule, Violation } from "../rule.ts";

/** A queue, or an event on its way to one, that fails for good is kept for somebody to look at. */
export const deadLetters: StackRule = {
	name: "dead-letters",
	info: "Messages that fail for good are lost.",
	explanation: "Without a dead-letter queue a message that nobody understands is tried until it expires, and then gone without a word.",
	checkAll: (resources) => {
		const targets = targetsOf(resources);
		return [...resources.flatMap((each) => queueProblems(each, targets)), ...resources.flatMap(eventProblems)];
	},
};

interface Targets {
	readonly names: ReadonlySet<string>;
	/** Of some it is not known yet what they point at: then any queue may be meant. */
	readonly complete: boolean;
}

function targetsOf(resources: readonly Resource[]): Targets {
	const arns = resources.flatMap(({ type, inputs }) => {
		if (type === "aws:sqs/queue:Queue") return redriveOf(inputs.redrivePolicy)?.target ?? [];
		return type === "aws:cloudwatch/eventTarget:EventTarget" ? (recordOf(inputs.deadLetterConfig).arn ?? []) : [];
	});
	return { names: new Set(arns.map(lastOf)), complete: !arns.includes(notYetKnown) };
}

/** Where a queue puts what fails; undefined for a text that says nothing of it. */
function redriveOf(policy: unknown): { readonly target: unknown; readonly tries: unknown } | undefined {
	if (policy === undefined) return undefined;
	if (policy === notYetKnown) return { target: notYetKnown, tries: notYetKnown };
	try {
		const { deadLetterTargetArn: target, maxReceiveCount: tries } = recordOf(typeof policy === "string" ? JSON.parse(policy) : policy);
		return target === undefined || target === "" ? undefined : { target, tries };
	} catch {
		return undefined;
	}
}

function queueProblems(resource: Resource, targets: Targets): readonly Violation[] {
	if (resource.type !== "aws:sqs/queue:Queue") return [];
	const redrive = redriveOf(resource.inputs.redrivePolicy);
	if (redrive !== undefined)
		return isAtLeast(Number(redrive.tries === notYetKnown ? 1 : redrive.tries), 1)
			? []
			: [{ resource, message: `expected maxReceiveCount from 1 up, got ${shown(redrive.tries)}` }];
	// It takes the dead letters of another one.
	if (targets.names.has(lastOf(resource.inputs.name)) || !targets.complete) return [];
	return [{ resource, message: "expected a redrivePolicy with a dead-letter queue, got none" }];
}

function eventProblems(resource: Resource): readonly Violation[] {
	if (resource.type !== "aws:cloudwatch/eventTarget:EventTarget" || recordOf(resource.inputs.deadLetterConfig).arn !== undefined) return [];
	return [{ resource, message: "expected a deadLetterConfig, got none" }];
}
