import { type Entity, isEntity } from "./entities.ts";
import { isMoney, moneyText, parseMoney } from "./money.ts";
import { isPhoneNumber, parsePhoneNumber } from "./phoneNumber.ts";
import {
	type Content,
	dateTimeText,
	durationText,
	elementOf,
	expectModest,
	type FlowValue,
	inRange,
	isList,
	type Json,
	parseDateTime,
	parseDuration,
	type Type,
	ValueError,
} from "./values.ts";

/** What a value of each type looks like in JSON. */
const forms: Readonly<Record<string, string>> = {
	string: "a string",
	integer: "a whole number",
	decimal: "a number",
	boolean: "true or false",
	dateTime: "an ISO 8601 date-time such as 2026-01-31T06:30:00Z",
	duration: "an ISO 8601 duration such as PT5M",
	json: "any JSON",
	currency: "a currency such as 5.00|USD",
	phoneNumber: "a phone number such as +13178723000",
};
const entityForm = 'an object such as {"id": "…", "name": "…"}';

/** How a value leaves a flow: NOT_SET as null, a dateTime and a duration as ISO 8601 text, a currency as `5.00|USD`, a phone number as it was given. */
export function toJson(value: FlowValue): Json {
	const { type, content } = value;
	if (content === undefined) return null;
	const element = elementOf(type);
	if (element !== undefined && isList(content)) return content.map((each) => toJson({ type: element, content: each }));
	if (type === "dateTime" && typeof content === "number") return dateTimeText(content);
	if (type === "duration" && typeof content === "number") return durationText(content);
	if (type === "currency" && isMoney(content)) return moneyText(content, undefined);
	if (type === "phoneNumber" && isPhoneNumber(content)) return content.raw;
	return plain(content);
}

/** How a value enters a flow as a variable of this type; null and undefined are NOT_SET. Throws ValueError. */
export function fromJson(type: Type, json: unknown): FlowValue {
	if (json === null || json === undefined) return { type, content: undefined };
	const element = elementOf(type);
	if (element !== undefined) {
		if (!Array.isArray(json)) throw new ValueError("bad-cast", `expected an array of ${element} values, got ${kindOf(json)}`);
		return { type, content: json.map((each: unknown) => fromJson(element, each).content) };
	}
	const content = scalar(type, json);
	if (content === undefined) throw new ValueError("bad-cast", `expected ${forms[type] ?? entityForm}, got ${kindOf(json)}`);
	return { type, content: inRange(type, content) };
}

function scalar(type: Type, json: unknown): Content | undefined {
	switch (type) {
		case "string":
			return typeof json === "string" ? json : undefined;
		case "integer":
			return typeof json === "number" && Number.isInteger(json) ? json : undefined;
		case "decimal":
			return typeof json === "number" ? json : undefined;
		case "boolean":
			return typeof json === "boolean" ? json : undefined;
		case "dateTime":
			return typeof json === "string" ? parseDateTime(json) : undefined;
		case "duration":
			return typeof json === "string" ? parseDuration(json) : undefined;
		case "json":
			expectModest(json, "json");
			return isJson(json) ? json : undefined;
		case "currency":
			return typeof json === "string" ? parseMoney(json) : undefined;
		case "phoneNumber":
			return typeof json === "string" ? parsePhoneNumber(json) : undefined;
		case "notSet":
			return undefined;
		default:
			return isEntity(json) ? entityOf(json) : undefined;
	}
}

function entityOf({ id, name, username }: Entity): Entity {
	return username === undefined ? { id, name } : { id, name, username };
}

function isJson(value: unknown): value is Json {
	if (value === null || typeof value === "string" || typeof value === "boolean") return true;
	if (typeof value === "number") return Number.isFinite(value);
	if (typeof value !== "object") return false;
	return Object.values(value).every(isJson);
}

function plain(content: Content | undefined): Json {
	if (content === undefined) return null;
	if (isList(content)) return content.map(plain);
	return content;
}

function kindOf(json: unknown): string {
	if (Array.isArray(json)) return "an array";
	if (typeof json === "string") return `the string "${json.length > 40 ? `${json.slice(0, 40)}…` : json}"`;
	return typeof json === "object" ? "an object" : `the ${typeof json} ${String(json)}`;
}
