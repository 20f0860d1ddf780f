import { equalityOf } from "./equality.ts";
import { amountOf, expectOneCode, type Money, withAmount } from "./money.ts";
import { type Call, type Overload, type ParameterType, row } from "./overload.ts";
import { type Content, decimal } from "./values.ts";

const numbers = [
	["integer", "decimal"],
	["decimal", "integer"],
	["decimal", "decimal"],
] as const;
const ordered = [["integer", "integer"], ...numbers, ["string", "string"], ["dateTime", "dateTime"], ["duration", "duration"]] as const;

/** What does not evaluate all its arguments is never called: its evaluation (`catalogue.ts`) takes them one by one. */
const oneByOne = () => undefined;

/** `If` and `? :`: only the argument that the condition selects is evaluated; a NOT_SET condition is not true. */
export const choice: readonly Overload[] = [
	row(["boolean?", "any?", "any?"], "any", oneByOne, [1, 2]),
	row(["boolean?", "anyCollection", "anyCollection"], "anyCollection", oneByOne),
];

/** The operators by sign; `unary -`, `? :` and `[]` are named as in the vendor's catalogue. */
export const operators: Readonly<Record<string, readonly Overload[]>> = {
	"+": [
		...arithmetic((one, other) => one + other),
		row(["currency", "currency"], "currency", ([one, other]) => combined(one, other, (left, right) => left + right)),
		row(["dateTime", "duration"], "dateTime", ([one, other]) => one + other),
		row(["duration", "dateTime"], "dateTime", ([one, other]) => one + other),
		row(["duration", "duration"], "duration", ([one, other]) => one + other),
		row(["string", "string"], "string", ([one, other]) => one + other),
	],
	"-": [
		...arithmetic((one, other) => one - other),
		row(["currency", "currency"], "currency", ([one, other]) => combined(one, other, (left, right) => left - right)),
		row(["duration", "duration"], "duration", ([one, other]) => one - other),
		row(["dateTime", "duration"], "dateTime", ([one, other]) => one - other),
	],
	"*": [...arithmetic((one, other) => one * other), ...times("decimal"), ...times("integer")],
	"/": [row(["integer", "integer"], "decimal", divide), ...numbers.map((types) => row(types, "decimal", divide)), ...parted(divide)],
	"%": [
		row(["integer", "integer"], "integer", remainder),
		...numbers.map((types) => row(types, "decimal", remainder)),
		...parted(remainder),
	],
	"^": [row(["integer", "integer"], "decimal", power), ...numbers.map((types) => row(types, "decimal", power))],
	"&": [row(["integer", "integer"], "integer", ([one, other]) => Number(BigInt(one) & BigInt(other)))],
	"|": [row(["integer", "integer"], "integer", ([one, other]) => Number(BigInt(one) | BigInt(other)))],
	"~": [row(["integer"], "integer", ([one]) => -one - 1)],
	"!": [row(["boolean"], "boolean", ([one]) => !one)],
	"unary -": [
		row(["integer"], "integer", ([one]) => -one),
		row(["decimal"], "decimal", ([one]) => -one),
		row(["duration"], "duration", ([one]) => -one),
		row(["currency"], "currency", ([one]) => withAmount(one, -amountOf(one))),
	],
	and: [row(["boolean", "boolean"], "boolean", oneByOne)],
	or: [row(["boolean", "boolean"], "boolean", oneByOne)],
	">": ordering((one, other) => one > other),
	">=": ordering((one, other) => one >= other),
	"<": ordering((one, other) => one < other),
	"<=": ordering((one, other) => one <= other),
	"==": equality((equal) => equal),
	"!=": equality((equal) => !equal),
	"? :": choice,
	"[]": [row(["anyCollection", "integer"], "any", itemAt)],
};

/** `GetAt` and `[]`, counting from 0; outside of the collection is an error of the run. */
export function itemAt([items, index]: readonly [readonly (Content | undefined)[], number], call: Call): Content | undefined {
	if (index >= 0 && index < items.length) return items[index];
	throw call.error(
		"out-of-range",
		`Expected an index from 0 to ${items.length - 1}, got ${index} (the collection has ${items.length} items).`,
	);
}

function arithmetic(run: (one: number, other: number) => number): readonly Overload[] {
	return [
		row(["integer", "integer"], "integer", ([one, other]) => run(one, other)),
		...numbers.map((types) => row(types, "decimal", ([one, other]) => decimal(run(one, other)))),
	];
}

function divide([one, other]: readonly [number, number], call: Call): number {
	if (other === 0) throw call.error("division-by-zero", "Expected a divisor other than 0, got 0.");
	return decimal(one / other);
}

function remainder([one, other]: readonly [number, number], call: Call): number {
	if (other === 0) throw call.error("division-by-zero", "Expected a divisor other than 0, got 0.");
	return decimal(one % other);
}

/** Currencies of one code. */
function combined(one: Money, other: Money, run: (one: number, other: number) => number): Money {
	expectOneCode(one, other);
	return withAmount(one, run(amountOf(one), amountOf(other)));
}

/** A currency times a number, in either order. */
function times(type: "decimal" | "integer"): readonly Overload[] {
	return [
		row([type, "currency"], "currency", ([factor, one]) => withAmount(one, amountOf(one) * factor)),
		row(["currency", type], "currency", ([one, factor]) => withAmount(one, amountOf(one) * factor)),
	];
}

/** A currency by a number. */
function parted(run: (numbers: readonly [number, number], call: Call) => number): readonly Overload[] {
	return [
		row(["currency", "decimal"], "currency", ([one, other], call) => withAmount(one, run([amountOf(one), other], call))),
		row(["currency", "integer"], "currency", ([one, other], call) => withAmount(one, run([amountOf(one), other], call))),
	];
}

function power([one, other]: readonly [number, number]): number {
	return decimal(one ** other);
}

function ordering(run: (one: number | string, other: number | string) => boolean): readonly Overload[] {
	return [
		...ordered.map((types) => row<readonly [Ordered, Ordered], "boolean">(types, "boolean", ([one, other]) => run(one, other))),
		row(["currency", "currency"], "boolean", ([one, other]) => {
			expectOneCode(one, other);
			return run(amountOf(one), amountOf(other));
		}),
	];
}
type Ordered = (typeof ordered)[number][number];

function equality(answer: (equal: boolean) => boolean): readonly Overload[] {
	const pairs: readonly (readonly [ParameterType, ParameterType])[] = [
		["any", "any"],
		["decimal", "integer"],
		["integer", "decimal"],
		["anyCollection", "anyCollection"],
		["integerCollection", "decimalCollection"],
		["decimalCollection", "integerCollection"],
	];
	return pairs.map(([left, right]) =>
		row([`${left}?`, `${right}?`], "boolean", ([one, other], { types }) => answer(equalityOf(types)(one, other))),
	);
}
