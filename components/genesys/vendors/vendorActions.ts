import { detailNames } from "../../../functions/pipeline/page/words.ts";
import type { Channel } from "../../../functions/pipeline/settings.ts";
import { readCallOf } from "../../../vendors/actions.ts";
import {
	type Answer,
	type Call,
	entriesOf,
	type FormField,
	filledTemplate,
	type Header,
	isList,
	isListPath,
	type JsonTemplate,
	type PartWhere,
	partsOf,
	type ReadCall,
	type Scope,
	type SendCall,
	type Template,
	wholeReference,
} from "../../../vendors/call.ts";
import { credentialOf } from "../../../vendors/credentials.ts";
import { baseAddress } from "../../../vendors/hosts.ts";
import { vendorOf } from "../../../vendors/kinds.ts";
import { settingOf } from "../../../vendors/settings.ts";
import type { Vendor } from "../../../vendors/vendor.ts";
import type { ActionContract, ActionSet, Fields } from "../dataAction.ts";

/** The data actions of one credential: one sends, by the first word of its name, and one reads back. */
export interface VendorActions extends ActionSet {
	readonly channel: Channel;
	readonly send: string;
	readonly read: string;
}

type Account = Readonly<Record<string, string>>;

/** The data actions through which the workflow pages the channels that share this one's credential, written from the vendor's description. */
export function vendorActions(base: string, channel: Channel, account: Account): VendorActions {
	const vendor = vendorOf(channel.kind);
	const { send } = vendor.calls;
	const read = readCallOf(channel.kind);
	const { per } = vendor.credential;
	const [sendName, readName] = [send.verb.toLowerCase(), read.verb.toLowerCase()];
	return {
		key: credentialOf(channel).replaceAll("-", "_"),
		category: `${base} ${vendor.system}${per === undefined ? "" : ` ${settingOf(channel, per)}`}`,
		actions: { [sendName]: contractOf(vendor, send, account), [readName]: contractOf(vendor, read, account, read.first) },
		channel,
		send: sendName,
		read: readName,
	};
}

function contractOf(vendor: Vendor, call: SendCall | ReadCall, account: Account, more: Account = {}): ActionContract {
	const url = new Velocity(vendor, account, "$esc.url(${input.NAME})", encodeURIComponent);
	const json = new Velocity(vendor, account, "$esc.jsonString(${input.NAME})", (text) => text);
	return {
		verb: call.verb,
		inputs: texts(inputNames(call)),
		outputs: texts(Object.keys(call.outputs)),
		timeoutSeconds: 10,
		request: {
			type: call.method,
			url: `${baseAddress(vendor, call.host, { account, channel: {}, credential: {} })}${pathOf(vendor, call, account)}${queryOf({ ...call.query, ...more }, url)}`,
			headers: Object.fromEntries(Object.entries(call.headers).map(([name, header]) => [name, headerOf(header, json)])),
			...(call.body === undefined
				? {}
				: { body: "form" in call.body ? fieldsOf(call.body.form, url) : JSON.stringify(jsonOf(call.body.json, call, json)) }),
		},
		response: responseOf(call),
	};
}

/** Writes templates of a description as Velocity, whose values are encoded for where they stand. Secrets stay references to the credential. */
class Velocity {
	readonly #vendor: Vendor;
	readonly #account: Account;
	readonly #input: string;
	readonly #encode: (text: string) => string;

	constructor(vendor: Vendor, account: Account, input: string, encode: (text: string) => string) {
		this.#vendor = vendor;
		this.#account = account;
		this.#input = input;
		this.#encode = encode;
	}

	write(template: Template, literal?: (text: string) => string): string {
		const fill = (name: string, scope: Scope): string => {
			if (scope === "account") return this.#encode(this.#account[name] ?? "");
			return scope === "credential" ? this.#secret(name) : this.#input.replace("NAME", name);
		};
		return filledTemplate(template, fill, literal);
	}

	/** A part of a field: what stands between the references is encoded, too. */
	writePart(part: Template | PartWhere): string {
		if (typeof part === "string") return this.write(part, this.#encode);
		const { where, text, otherwise = "" } = part;
		return `#if($input.${where} != "")${this.write(text, this.#encode)}#{else}${this.write(otherwise, this.#encode)}#end`;
	}

	#secret(name: string): string {
		const field = Object.entries(this.#vendor.credential.genesys?.fields ?? {}).find(([, held]) => held === name)?.[0];
		if (field === undefined) throw new Error(`${this.#vendor.system}: expected a field of its credential that holds ${name}, got none`);
		return `$!{credentials.${field}}`;
	}
}

/** Braces around the whole reference: what follows it in a path would be taken for a property. */
const pathOf = (vendor: Vendor, call: Call, account: Account): string =>
	new Velocity(vendor, account, "${esc.url($input.NAME)}", encodeURIComponent).write(call.path);

const queryOf = (query: Readonly<Record<string, Template>>, velocity: Velocity): string =>
	Object.keys(query).length === 0 ? "" : `?${fieldsOf(query, velocity)}`;

const fieldsOf = (fields: Readonly<Record<string, FormField>>, velocity: Velocity): string =>
	Object.entries(fields)
		.map(
			([name, field]) =>
				`${encodeURIComponent(name)}=${partsOf(field)
					.map((part) => velocity.writePart(part))
					.join("")}`,
		)
		.join("&");

function headerOf(header: Header, velocity: Velocity): string {
	if (typeof header === "string") return velocity.write(header);
	return `Basic $encoding.base64("${header.basic.map((part) => velocity.write(part)).join(":")}")`;
}

function jsonOf(template: JsonTemplate, call: Call, velocity: Velocity): JsonTemplate {
	if (typeof template === "number" || typeof template === "boolean") return template;
	if (isList(template)) return template.map((each) => jsonOf(each, call, velocity));
	if (typeof template !== "string")
		return Object.fromEntries(
			Object.entries(template).flatMap(([name, value]): readonly (readonly [string, JsonTemplate])[] => {
				const json = jsonOf(value, call, velocity);
				return name === entriesOf ? Object.entries(json) : [[name, json]];
			}),
		);
	const whole = wholeReference(template);
	if (whole === undefined || call.inputs[whole] !== "page.details") return velocity.write(template);
	return Object.fromEntries(detailNames.map((name) => [name, velocity.write(`{${name}}`)]));
}

/** A contract is flat: each detail of a page is an input of its own. */
const inputNames = ({ inputs }: Call): readonly string[] =>
	Object.entries(inputs).flatMap(([name, source]) => (source === "page.details" ? detailNames : [name]));

const texts = (names: readonly string[]): Fields => Object.fromEntries(names.map((name) => [name, "string"]));

/** Of a list the first record; "" for what the answer lacks. A list of texts is given as the text of its JSON. */
function responseOf({ list, outputs, nullable = [] }: Answer): ActionContract["response"] {
	const root = list === undefined ? "$" : `$.${list}[0]`;
	const each = (write: (name: string, path: string) => string): Record<string, string> =>
		Object.fromEntries(Object.entries(outputs).map(([name, path]) => [name, write(name, path)]));
	const values = each((name, path) => {
		if (isListPath(path)) return `"$esc.jsonEncode(\${${name}})"`;
		return nullable.includes(name) ? textOrNothing(name) : `\${${name}}`;
	});
	return {
		translationMap: each((_, path) => `${root}.${path.replace("[]", "")}`),
		translationMapDefaults: each((_, path) => (isListPath(path) ? "[]" : '""')),
		template: `{${Object.entries(values)
			.map(([name, value]) => `"${name}":${value}`)
			.join(",")}}`,
	};
}

/** A value that is null, whether Velocity has it as nothing or as the word. */
const textOrNothing = (name: string): string => `#if("$!{${name}}" == "" || "$!{${name}}" == "null")""#{else}\${${name}}#end`;
