/** What an alarm means, and what to do about it: said in the alarm itself and in docs/operations.md, in the same words. */
export interface AlarmWords {
	/** Its name after `<base>-`. */
	readonly name: string;
	readonly means: string;
	readonly todo: string;
}

/** Every kind of alarm. */
export const alarmKinds = {
	heartbeat: {
		name: "heartbeat-<function>",
		means: "the poller or the overseer has not come to a good end of a run for three minutes",
		todo: "look at its log and at the ledger; without the poller nothing is detected, without the overseer nothing is proven, escalated or closed: page people by hand until it is back",
	},
	errors: {
		name: "errors-<function>",
		means: "runs of a function ended in an error or at its timeout: one in five minutes, three of a schedule's",
		todo: "find the error in its log; a function that cannot start names the setting, the secret or the permission that it lacks",
	},
	throttles: {
		name: "throttles-<function>",
		means: "AWS did not run a function, because too many ran already: once in five minutes, three times for a schedule's",
		todo: "look which functions of the account take its concurrency, and have the quota raised",
	},
	duration: {
		name: "duration-<function>",
		means: "a run took more than 80 % of its function's timeout",
		todo: "see in its log what was slow: usually a vendor or Genesys Cloud; at the timeout work is lost or begins anew",
	},
	"queue-age": {
		name: "queue-age",
		means: "an incident has waited for more than ten minutes for its response to begin",
		todo: "look at the dispatcher's log; the overseer pages for what is not launched, so people have been told",
	},
	"dead-letters": {
		name: "dead-letters",
		means: "the dispatcher failed five times with an incident, which is kept in the dead-letter queue for two weeks",
		todo: "repair what its log names, then move the messages back (redrive); the overseer has paged for them meanwhile",
	},
	"events-age": {
		name: "events-age",
		means: "an event of Genesys Cloud has waited for more than twenty minutes for the listener: the polls are faster",
		todo: "look at the listener's log and whether it is throttled; nothing is missed, failures are found by the polls",
	},
	"events-dead": {
		name: "events-dead",
		means: "the listener could not understand an event, or failed three times with it, or Amazon EventBridge could not deliver one",
		todo: "read the message and the listener's log: an event of another version needs `events.version`, or its topic left out; the polls have found what it told of",
	},
	"error-events": {
		name: "error-events",
		means: "the functions told at least five `error` events in five minutes",
		todo: "look the reason up in the journal: its `outcome` and `detail` name the call that should have worked",
	},
	"budget-spent": {
		name: "budget-spent",
		means: "requests were refused at least five times in five minutes because our own allowance was spent",
		todo: "see which one in the journal (outcome `budget-spent`), and raise it under `limits` as far as the vendor allows",
	},
} as const satisfies Readonly<Record<string, AlarmWords>>;

export type AlarmKind = keyof typeof alarmKinds;

/** What the alarm itself says; AWS takes 1024 characters. */
export function descriptionOf(kind: AlarmKind): string {
	const { means, todo } = alarmKinds[kind];
	return `Means: ${means}. To do: ${todo}. See docs/operations.md#alarms (${kind}).`;
}

/** The rows of the table in docs/operations.md. */
export const alarmRows = (): readonly string[] =>
	Object.values<AlarmWords>(alarmKinds).map(({ name, means, todo }) => `| \`${name}\` | ${means} | ${todo} |`);
