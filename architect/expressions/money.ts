import { parseDecimal, roundedText } from "./decimals.ts";
import { type Content, decimal, decimalText, ValueError } from "./values.ts";

/** A currency value: the amount and the ISO 4217 code may each be NOT_SET (null). */
export type Money = { readonly amount: number | null; readonly code: string | null };

/** A currency value with a code of three letters (any case) or none; an empty code is none. Throws ValueError. */
export function money(amount: number | undefined | null, code: string | undefined | null): Money {
	if (amount !== undefined && amount !== null && !Number.isFinite(amount)) {
		throw new ValueError("out-of-range", `Expected a finite amount, got ${amount}.`);
	}
	const trimmed = code?.trim().toUpperCase() ?? "";
	if (trimmed !== "" && !/^[A-Z]{3}$/.test(trimmed)) {
		throw new ValueError("bad-cast", `Expected an ISO 4217 currency code such as USD, got "${trimmed.slice(0, 40)}".`);
	}
	// -0 is no amount of its own.
	return { amount: amount === 0 ? 0 : (amount ?? null), code: trimmed === "" ? null : trimmed };
}

/** Whether a content is a currency value. */
export function isMoney(content: unknown): content is Money {
	if (typeof content !== "object" || content === null) return false;
	if (!("amount" in content && "code" in content)) return false;
	return (content.amount === null || typeof content.amount === "number") && (content.code === null || typeof content.code === "string");
}

/** The value of `5.00|USD`, `|EUR`, `5.00|` or `5.00`; undefined (NOT_SET) for a blank text. Throws ValueError. */
export function parseMoney(text: string): Money | undefined {
	const trimmed = text.trim();
	if (trimmed === "") return undefined;
	const [amountText = "", code, ...rest] = trimmed.split("|");
	const amount = amountText === "" ? null : parseDecimal(amountText.trim());
	if (amount === undefined || rest.length > 0) {
		throw new ValueError("bad-cast", `Expected a currency such as 5.00|USD, got "${text.slice(0, 60)}".`);
	}
	return money(amount, code);
}

/** `5.25|USD`: both parts are empty where they are NOT_SET. `places` undefined: every digit, at least two. Throws ValueError. */
export function moneyText({ amount, code }: Money, places: number | undefined): string {
	const digits = amount === null ? "" : places === undefined ? everyDigit(amount) : roundedText(amount, places);
	return `${digits}|${code ?? ""}`;
}

function everyDigit(amount: number): string {
	const [whole = "0", fraction = ""] = decimalText(amount).split(".");
	return `${whole}.${fraction.padEnd(2, "0")}`;
}

/** The same currency with another amount. */
export function withAmount({ code }: Money, amount: number): Money {
	return money(decimal(amount), code);
}

/** Throws ValueError unless both currencies have one code (the vendor's descriptions of `+`, `<`, `Sum`, …). */
export function expectOneCode(one: Money, other: Money): void {
	if (one.code === other.code) return;
	throw new ValueError("wrong-type", `Expected currencies of one code, got ${one.code ?? "NOT_SET"} and ${other.code ?? "NOT_SET"}.`);
}

/** The amount; throws ValueError "not-set" when there is none. */
export function amountOf({ amount }: Money): number {
	if (amount === null) throw new ValueError("not-set", "Expected a currency with an amount, got a NOT_SET amount.");
	return amount;
}

/** The currency values of a collection that are set. */
export function moneyIn(items: readonly (Content | undefined)[]): readonly Money[] {
	return items.filter(isMoney);
}

/** The vendor's table of symbols; every other currency's symbol is its code. */
const symbols: Readonly<Record<string, string>> = {
	AUD: "A$",
	BRL: "R$",
	CAD: "CA$",
	CNY: "CN¥",
	EUR: "€",
	GBP: "£",
	HKD: "HK$",
	ILS: "₪",
	INR: "₹",
	JPY: "¥",
	KRW: "₩",
	MXN: "MX$",
	NZD: "NZ$",
	THB: "฿",
	TWD: "NT$",
	USD: "$",
	VND: "₫",
	XAF: "FCFA",
	XCD: "EC$",
	XOF: "CFA",
	XPF: "CFPF",
};

/** The symbol of a currency code: `$` of USD; undefined without a code. Throws ValueError when it is no code. */
export function symbolOf(code: string | null): string | undefined {
	const known = money(null, code).code;
	return known === null ? undefined : (symbols[known] ?? known);
}
