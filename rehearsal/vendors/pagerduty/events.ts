/** An event as the Events API v2 takes it, with the fields that we read. */
export interface PagerDutyEvent {
	readonly routingKey: string;
	readonly action: "trigger" | "acknowledge" | "resolve";
	readonly dedupKey: string | undefined;
	readonly summary: string;
	readonly source: string;
	readonly severity: string;
	readonly component: string;
	readonly group: string;
	readonly details: unknown;
}

type Json = Readonly<Record<string, unknown>>;

const actions = ["trigger", "acknowledge", "resolve"] as const;
const severities: readonly unknown[] = ["critical", "error", "warning", "info"];
const maximumBytes = 512 * 1024;

/** Reads the body of `POST /v2/enqueue`, or says what the vendor's 400 says of it: every problem at once. */
export function readEvent(text: string): PagerDutyEvent | { readonly problems: readonly string[] } {
	if (Buffer.byteLength(text) > maximumBytes) return { problems: ["Event object exceeds the maximum size of 512 KB"] };
	const event = parsed(text);
	if (event === undefined) return { problems: ["Event is not a JSON object"] };
	const action = actions.find((each) => each === event.event_action);
	const payload = object(event.payload);
	const problems = [
		...routingKeyProblems(event.routing_key),
		...(action === undefined ? [`'event_action' is invalid (should be one of ${actions.join(", ")})`] : []),
		...dedupKeyProblems(event.dedup_key, action),
		...(action === "trigger" ? payloadProblems(payload) : []),
	];
	if (problems.length > 0 || action === undefined) return { problems };
	return {
		routingKey: String(event.routing_key),
		action,
		dedupKey: typeof event.dedup_key === "string" ? event.dedup_key : undefined,
		summary: String(payload?.summary ?? ""),
		source: String(payload?.source ?? ""),
		severity: String(payload?.severity ?? ""),
		component: String(payload?.component ?? ""),
		group: String(payload?.group ?? ""),
		details: payload?.custom_details,
	};
}

function parsed(text: string): Json | undefined {
	try {
		return object(JSON.parse(text));
	} catch {
		return undefined;
	}
}

function object(value: unknown): Json | undefined {
	return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

function routingKeyProblems(key: unknown): readonly string[] {
	if (typeof key !== "string" || key === "") return ["'routing_key' is missing or blank"];
	return key.length === 32 ? [] : ["Length of 'routing_key' is incorrect (should be 32 characters)"];
}

function dedupKeyProblems(key: unknown, action: string | undefined): readonly string[] {
	if (key === undefined || key === null) return action === "trigger" ? [] : ["'dedup_key' is missing or blank"];
	if (typeof key !== "string" || key === "") return ["'dedup_key' is missing or blank"];
	return key.length <= 255 ? [] : ["Length of 'dedup_key' is incorrect (should be at most 255 characters)"];
}

function payloadProblems(payload: Json | undefined): readonly string[] {
	if (payload === undefined) return ["'payload' is missing or blank"];
	const blank = ["summary", "source", "severity"].filter((name) => typeof payload[name] !== "string" || payload[name] === "");
	const problems = blank.map((name) => `'payload.${name}' is missing or blank`);
	if (!blank.includes("summary") && String(payload.summary).length > 1024) {
		problems.push("Length of 'payload.summary' is incorrect (should be at most 1024 characters)");
	}
	if (!blank.includes("severity") && !severities.includes(payload.severity)) {
		problems.push(`'payload.severity' is invalid (should be one of ${severities.join(", ")})`);
	}
	return problems;
}
