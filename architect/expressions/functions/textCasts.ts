import { roundedText } from "../decimals.ts";
import { isEntity } from "../entities.ts";
import { isMoney, moneyText } from "../money.ts";
import { type Overload, row } from "../overload.ts";
import { isPhoneNumber } from "../phoneNumber.ts";
import { type Content, dateTimeText, decimalText, durationText, elementOf, isList, type Type } from "../values.ts";
import { joined } from "./text.ts";

const always = [0];
const cents = 2;

/** `ToString`: NOT_SET stays NOT_SET, an element that is NOT_SET is empty text; collections are joined by new lines or a delimiter. */
export const textCasts: Readonly<Record<string, readonly Overload[]>> = {
	ToString: [
		row(["any?"], "string", ([value], { types }) => textOf(types[0], value, undefined), always),
		row(["anyCollection"], "string", ([items], { types }) => listed(items, types[0], undefined, undefined)),
		row(["anyCollection", "string?"], "string", ([items, delimiter], { types }) => listed(items, types[0], delimiter, undefined)),
		row(["decimal?", "integer"], "string", ([value, places], { types }) => textOf(types[0], value, places), always),
		row(["currency?", "integer"], "string", ([value, places], { types }) => textOf(types[0], value, places), always),
		row(["decimalCollection", "integer"], "string", ([items, places], { types }) => listed(items, types[0], undefined, places)),
		row(["currencyCollection?", "integer"], "string", ([items, places], { types }) => listed(items, types[0], undefined, places), always),
		row(["decimalCollection", "string?", "integer"], "string", ([items, delimiter, places], { types }) =>
			listed(items, types[0], delimiter, places),
		),
		row(
			["currencyCollection?", "string?", "integer"],
			"string",
			([items, delimiter, places], { types }) => listed(items, types[0], delimiter, places),
			always,
		),
	],
};

function textOf(type: Type | undefined, value: Content | undefined, places: number | undefined): string | undefined {
	if (value === undefined || typeof value === "string") return value;
	if (typeof value === "number") return numberText(type, value, places);
	if (type === "currency" && isMoney(value)) return moneyText(value, places ?? cents);
	if (type === "phoneNumber" && isPhoneNumber(value)) return value.uri;
	if (type !== "json" && isEntity(value)) return value.username ?? value.name;
	return JSON.stringify(value);
}

function numberText(type: Type | undefined, value: number, places: number | undefined): string {
	if (type === "decimal") return places === undefined ? decimalText(value) : roundedText(value, places);
	if (type === "dateTime") return dateTimeText(value);
	return type === "duration" ? durationText(value) : String(value);
}

function listed(items: Content | undefined, type: Type | undefined, delimiter = "\n", places: number | undefined): string | undefined {
	const element = type === undefined ? undefined : elementOf(type);
	if (!isList(items)) return undefined;
	return joined(
		items.map((item) => textOf(element, item, places) ?? ""),
		delimiter,
	);
}
