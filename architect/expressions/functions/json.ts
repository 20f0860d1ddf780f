import { toJson } from "../exchange.ts";
import { type Call, type Overload, row } from "../overload.ts";
import { propertyValue } from "../properties.ts";
import { type Content, expectModest, isList, type Json } from "../values.ts";

/** Functions on JSON: strict JSON, keys by case, a missing key and null are NOT_SET (vendor help; the catalogue predates them). */
export const jsonFunctions: Readonly<Record<string, readonly Overload[]>> = {
	GetJsonObjectProperty: [row(["json?", "string"], "json", ([json, key]) => propertyValue(json, key), [0])],
	JsonParse: [row(["string?"], "json", ([text], call) => (text === undefined ? undefined : parsed(text, call)), [0])],
	ToJson: [
		row(["any?"], "json", ([value], call) => asJson(value, call), [0]),
		row(["anyCollection"], "json", ([items], call) => asJson(items, call)),
	],
	ToJsonCollection: [
		row(["json?"], "jsonCollection", ([json], call) => (json === undefined ? undefined : elements(json, call)), [0]),
		row(["anyCollection"], "jsonCollection", ([items], call) => elements(asJson(items, call), call)),
	],
};

function parsed(text: string, call: Call): Json | undefined {
	let json: Json;
	try {
		json = JSON.parse(text);
	} catch (error) {
		if (!(error instanceof SyntaxError)) throw error;
		throw call.error("bad-cast", `Expected JSON in the string, got "${text.slice(0, 60)}".`);
	}
	expectModest(json, "json");
	return json ?? undefined;
}

function asJson(value: Content | undefined, { types }: Call): Json | undefined {
	const json = toJson({ type: types[0] ?? "notSet", content: value });
	expectModest(json, "json");
	return json ?? undefined;
}

function elements(json: Content | undefined, call: Call): readonly (Content | undefined)[] {
	if (isList(json)) return json.map((each) => each ?? undefined);
	throw call.error("bad-cast", "Expected a JSON array, got another JSON value.");
}
