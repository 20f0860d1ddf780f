import { nearestOf } from "../names.ts";
import { functions } from "./catalogue.ts";

/** Functions of the platform whose types or results nothing here can carry: the vendor's help and compiled exports show them. */
const notRun: ReadonlySet<string> = new Set(["makeagentscorepair", "makelistagentscorepair", "todisplaystring"]);

/** What other languages, and public cheat sheets of Architect, call a function that is there under another name. */
const otherNames: Readonly<Record<string, string>> = {
	concat: "Append",
	concatenate: "Append",
	indexof: "FindString",
	isempty: "IsNotSetOrEmpty",
	isnotset: "IsNotSetOrEmpty",
	isnull: "IsNotSetOrEmpty",
	len: "Length",
	now: "GetCurrentDateTimeUtc",
	getcurrentdatetime: "GetCurrentDateTimeUtc",
	parsejson: "JsonParse",
	size: "Count",
	substr: "Substring",
	tolower: "Lower",
	tonumber: "ToDecimal",
	toupper: "Upper",
};

/** Why a function is not in the catalogue, and what was probably meant. */
export function unknownFunction(name: string): string {
	const key = name.toLowerCase();
	if (notRun.has(key)) return `Expected a function that is run here, got ${name}: the platform has it, and nothing here can run it.`;
	const meant =
		otherNames[key] ??
		nearestOf(
			name,
			[...functions.values()].map((each) => each.name),
		);
	return meant === undefined ? `Expected a known function, got ${name}.` : `Expected a known function such as ${meant}, got ${name}.`;
}
