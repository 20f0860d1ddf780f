import {
	type Call,
	entriesOf,
	type FormField,
	filledTemplate,
	type Header,
	isList,
	type JsonTemplate,
	partsOf,
	type Template,
	wholeReference,
	wholeSetting,
} from "../../../vendors/call.ts";
import { baseAddress } from "../../../vendors/hosts.ts";
import { settingOf } from "../../../vendors/settings.ts";
import type { Vendor } from "../../../vendors/vendor.ts";
import type { Channel } from "../../pipeline/settings.ts";
import type { OutboundRequest } from "../http/http.ts";
import type { PageValues } from "./pageValues.ts";

/** What the references of a call's templates stand for. */
export interface CallValues {
	readonly account: Readonly<Record<string, string>>;
	readonly credential: Readonly<Record<string, string>>;
	readonly channel: Channel;
	/** Absent for a call that is about no page. */
	readonly page?: PageValues;
}

type Encode = (text: string) => string;
type Value = PageValues[keyof PageValues];

const asIs: Encode = (text) => text;

/** The HTTP request that a call is, with everything filled in. */
export function requestOf(vendor: Vendor, call: Call, values: CallValues): Pick<OutboundRequest, "url" | "method" | "headers" | "body"> {
	const fill = (template: Template, encode: Encode): string => filled(template, call, values, encode);
	const fields = (templates: Readonly<Record<string, Template>>): Record<string, string> =>
		Object.fromEntries(Object.entries(templates).map(([name, template]) => [name, fill(template, asIs)]));
	const query = new URLSearchParams(fields(call.query ?? {})).toString();
	const base = baseAddress(vendor, call.host, { ...values, channel: settingsOf(values.channel) });
	const url = `${base}${fill(call.path, encodeURIComponent)}${query === "" ? "" : `?${query}`}`;
	const headers = Object.fromEntries(Object.entries(call.headers).map(([name, header]) => [name, headerOf(header, fill)]));
	const common = { url, method: call.method, headers };
	if (call.body === undefined) return common;
	if ("form" in call.body) {
		const form = Object.entries(call.body.form).map(([name, field]): [string, string] => [name, fieldOf(field, call, values)]);
		return { ...common, body: new URLSearchParams(form).toString() };
	}
	return { ...common, body: JSON.stringify(jsonOf(call.body.json, call, values)) };
}

const settingsOf = (channel: Channel): Readonly<Record<string, string>> =>
	Object.fromEntries(Object.keys(channel).map((name) => [name, settingOf(channel, name)]));

/** The inputs of a call by their names. */
export function inputOf({ inputs }: Call, { channel, page }: Pick<CallValues, "channel" | "page">, name: string): Value {
	const source = inputs[name] ?? "";
	if (source.startsWith("channel.")) return settingOf(channel, source.slice("channel.".length));
	return Object.entries(page ?? {}).find(([value]) => `page.${value}` === source)?.[1];
}

function headerOf(header: Header, fill: (template: Template, encode: Encode) => string): string {
	if (typeof header === "string") return fill(header, asIs);
	const [user, password] = header.basic;
	return `Basic ${Buffer.from(`${fill(user, asIs)}:${fill(password, asIs)}`).toString("base64")}`;
}

/** The parts of a form's field that are there. */
const fieldOf = (field: FormField, call: Call, values: CallValues): string =>
	partsOf(field)
		.map((part) => {
			if (typeof part === "string") return filled(part, call, values, asIs);
			const { where, text, otherwise = "" } = part;
			return filled((inputOf(call, values, where) ?? "") === "" ? otherwise : text, call, values, asIs);
		})
		.join("");

/** A field of which nothing is known is left out. */
function jsonOf(template: JsonTemplate, call: Call, values: CallValues): unknown {
	if (typeof template === "number" || typeof template === "boolean") return template;
	if (isList(template)) return template.map((each) => jsonOf(each, call, values));
	if (typeof template !== "string")
		return Object.fromEntries(
			Object.entries(template).flatMap(([name, value]) => {
				const json = jsonOf(value, call, values);
				return name === entriesOf ? Object.entries(Object(json)) : [[name, json]];
			}),
		);
	if (isUnset(template, values)) return undefined;
	const whole = wholeReference(template);
	return whole === undefined ? filled(template, call, values, asIs) : inputOf(call, values, whole);
}

/** Whether a text is nothing but a setting of the account that is "": a stack need not say it, and nobody is told of it. */
const isUnset = (template: Template, { account }: CallValues): boolean => account[wholeSetting(template) ?? ""] === "";

function filled(template: Template, call: Call, values: CallValues, encode: Encode): string {
	return filledTemplate(template, (name, scope) => {
		const value = scope === undefined ? inputOf(call, values, name) : values[scope][name];
		return encode(typeof value === "string" ? value : "");
	});
}
