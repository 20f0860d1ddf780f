import { type Money, money, symbolOf } from "../money.ts";
import { type Overload, row } from "../overload.ts";
import { decimal, ValueError } from "../values.ts";

/** Functions on currencies; an amount and a code may each be NOT_SET. */
export const currencyFunctions: Readonly<Record<string, readonly Overload[]>> = {
	ConvertCurrency: [
		row(["currency?", "string?"], "currency", ([one, code]) => converted(one, code, 1), [0]),
		row(["currency?", "string?", "decimal"], "currency", ([one, code, rate]) => converted(one, code, rate), [0]),
	],
	GetCurrencySymbol: [
		row(["string"], "string", ([code]) => symbolOf(code)),
		row(["currency?"], "string", ([one]) => symbolOf(one?.code ?? null), [0]),
	],
	MakeCurrency: [
		row(["decimal?", "string?"], "currency", ([amount, code]) => money(amount, code)),
		row(["integer?", "string?"], "currency", ([amount, code]) => money(amount, code)),
	],
	MakeListCurrency: [
		row(["decimalCollection", "string?"], "currencyCollection", ([amounts, code]) => amounts.map((amount) => money(amount, code))),
		row(["decimalCollection", "stringCollection"], "currencyCollection", ([amounts, codes]) => paired(amounts, codes)),
	],
};

function converted(one: Money | undefined, code: string | undefined, rate: number): Money | undefined {
	if (one === undefined) return undefined;
	return money(one.amount === null ? null : decimal(one.amount * rate), code);
}

function paired(amounts: readonly (number | undefined)[], codes: readonly (string | undefined)[]): readonly Money[] {
	if (amounts.length === codes.length) return amounts.map((amount, index) => money(amount, codes[index]));
	throw new ValueError("out-of-range", `Expected as many codes as amounts (${amounts.length}), got ${codes.length}.`);
}
