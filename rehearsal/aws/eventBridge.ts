import type { Iam } from "./iam.ts";
import { asTexts } from "./inputs.ts";
import type { AccountState } from "./state.ts";

/** An event as a partner puts it on its event source. */
export interface PartnerEvent {
	readonly id: string;
	/** The name of the event source. */
	readonly source: string;
	readonly detailType: string;
	readonly at: number;
	readonly detail: unknown;
}

const sender = "events.amazonaws.com";

/** Reads an event pattern; what is not evaluated here is an error that names it. */
export function readPattern(where: string, text: string): ReadonlyMap<string, readonly Matcher[]> {
	const pattern: unknown = JSON.parse(text);
	return new Map(Object.entries(Object(pattern)).map(([field, matchers]) => [field, matchersOf(`${where}.${field}`, field, matchers)]));
}

type Matcher = (value: string) => boolean;

function matchersOf(where: string, field: string, matchers: unknown): readonly Matcher[] {
	if (!["source", "detail-type"].includes(field)) throw new Error(`${where}: expected source or detail-type, got ${field}`);
	if (!Array.isArray(matchers) || matchers.length === 0) throw new Error(`${where}: expected a list, got something else`);
	return matchers.map((matcher: unknown): Matcher => {
		if (typeof matcher === "string") return (value) => value === matcher;
		const prefix: unknown = Object(matcher).prefix;
		if (typeof prefix !== "string") throw new Error(`${where}: expected a text or a prefix, got ${JSON.stringify(matcher)}`);
		return (value) => value.startsWith(prefix);
	});
}

/**
 * Delivers an event to the targets of every rule that it matches, as far as the queues' own policies let the rule; else to the target's dead letters.
 * Without a bus of the source's name it is lost: the source is pending.
 */
export function putPartnerEvent({ state, iam, accountId, region }: Delivering, event: PartnerEvent): void {
	const bus = state.buses.find(({ sourceName }) => sourceName === event.source);
	if (bus === undefined) return;
	const body = JSON.stringify({
		version: "0",
		id: event.id,
		"detail-type": event.detailType,
		source: event.source,
		account: accountId,
		time: new Date(event.at).toISOString(),
		region,
		resources: [],
		detail: event.detail,
	});
	for (const rule of state.rules.filter(({ busName, pattern }) => busName === bus.name && matches(pattern, event)))
		for (const target of state.targets.filter((each) => each.ruleName === rule.name && each.busName === bus.name)) {
			const queues = [target.queueArn, ...(target.deadLetterArn === undefined ? [] : [target.deadLetterArn])];
			const taker = queues.find((queueArn) => maySend(state, queueArn, rule.arn) || refuse(iam, queueArn));
			state.queues.find(({ arn }) => arn === taker)?.queue.add(body);
		}
}

export interface Delivering {
	readonly state: AccountState;
	readonly iam: Iam;
	readonly accountId: string;
	readonly region: string;
}

const matches = (pattern: ReadonlyMap<string, readonly Matcher[]>, { source, detailType }: PartnerEvent): boolean =>
	[...pattern].every(([field, matchers]) => matchers.some((matcher) => matcher(field === "source" ? source : detailType)));

/** The refusal is kept; nobody waits for an answer. */
function refuse(iam: Iam, queueArn: string): false {
	try {
		iam.refuse({ principal: sender, action: "sqs:SendMessage", resource: queueArn });
	} catch {
		return false;
	}
}

/** Only by a statement for this queue and this rule. */
function maySend({ queuePolicies }: AccountState, queueArn: string, ruleArn: string): boolean {
	const document: unknown = JSON.parse(queuePolicies.get(queueArn) ?? "{}");
	const { Statement = [] } = Object(document);
	const statements: readonly unknown[] = Array.isArray(Statement) ? Statement : [Statement];
	return statements.some((statement) => {
		const { Effect, Principal, Action, Resource, Condition } = Object(statement);
		const rules = asTexts(Object(Object(Condition).ArnEquals)["aws:SourceArn"]) ?? [];
		return (
			Effect === "Allow" &&
			(asTexts(Object(Principal).Service) ?? []).includes(sender) &&
			(asTexts(Action) ?? []).includes("sqs:SendMessage") &&
			(asTexts(Resource) ?? []).includes(queueArn) &&
			rules.includes(ruleArn)
		);
	});
}
