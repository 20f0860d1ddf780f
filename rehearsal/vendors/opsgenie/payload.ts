import type { AlertChange, AlertDraft } from "./alert.ts";

type Json = Readonly<Record<string, unknown>>;

/** What is wrong, by field: the body of a 422 has them all. */
export type FieldErrors = Readonly<Record<string, string>>;

/** In characters; docs.opsgenie.com, "Alert API". Whether it refuses or cuts what is longer is not said: an assumption, the one that is noticed soonest. */
const maximum = { message: 130, alias: 512, description: 15_000, entity: 512, source: 100, user: 100, note: 25_000 } as const;
const [maximumTags, maximumTag, maximumDetails] = [20, 50, 8000];
const priorities: readonly unknown[] = ["P1", "P2", "P3", "P4", "P5"];

/** A JSON object; undefined for any other text. */
export function objectOf(text: string): Json | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
	} catch {
		return undefined;
	}
}

/** What a request to create an alert says, or the problems of its fields. The alias of an alert without one is its id. */
export function readDraft(body: Json): AlertDraft | { readonly errors: FieldErrors } {
	const tags: readonly unknown[] = Array.isArray(body.tags) ? body.tags : [];
	const details = Object.entries({ ...Object(body.details) });
	const errors = {
		...(typeof body.message === "string" && body.message.trim() !== "" ? {} : { message: "Message can not be empty." }),
		...textErrors(body, ["message", "alias", "description", "entity", "source", "user", "note"]),
		...(body.priority === undefined || priorities.includes(body.priority)
			? {}
			: { priority: "Priority should be one of [P1, P2, P3, P4, P5]" }),
		...(tags.length <= maximumTags && tags.every((tag) => typeof tag === "string" && tag.length <= maximumTag)
			? {}
			: { tags: "Tags are not valid." }),
		...(details.every(([, value]) => typeof value === "string") && JSON.stringify(details).length <= maximumDetails
			? {}
			: { details: "Details are not valid." }),
	};
	if (Object.keys(errors).length > 0) return { errors };
	const text = (name: string): string => (typeof body[name] === "string" ? body[name] : "");
	return {
		message: text("message"),
		alias: text("alias"),
		description: text("description"),
		entity: text("entity"),
		source: text("source"),
		priority: text("priority") || "P3",
		tags: tags.map(String),
		details: Object.fromEntries(details.map(([name, value]) => [name, String(value)])),
		notes: text("note") === "" ? [] : [text("note")],
	};
}

/** What a request to change an alert says; its body may be absent. */
export function readChange(action: AlertChange["action"], body: Json): AlertChange | { readonly errors: FieldErrors } {
	const errors = textErrors(body, ["user", "source", "note"]);
	if (Object.keys(errors).length > 0) return { errors };
	const { user, note } = body;
	return { action, user: typeof user === "string" && user !== "" ? user : "Alert API", note: typeof note === "string" ? note : "" };
}

const textErrors = (body: Json, names: readonly (keyof typeof maximum)[]): FieldErrors =>
	Object.fromEntries(
		names.flatMap((name) => {
			const value = body[name];
			if (value === undefined || (typeof value === "string" && value.length <= maximum[name])) return [];
			const label = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
			return [
				[name, typeof value === "string" ? `${label} can not be longer than ${maximum[name]} characters.` : `${label} should be a text.`],
			];
		}),
	);
