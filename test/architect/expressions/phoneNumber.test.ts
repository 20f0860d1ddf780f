import { describe, expect, it } from "vitest";
import { identityOf, parsePhoneNumber } from "../../../architect/expressions/phoneNumber.ts";
import { refusalOf } from "./evaluating.ts";

describe("phone numbers", () => {
	it("of tel have digits and a country code of one, two or three of them (E.164)", () => {
		const code = (text: string) => parsePhoneNumber(text)?.dialingCode;
		const one = ["1", "7"];
		const two =
			"20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98";
		const three = "210 212 290 350 359 370 380 420 423 500 509 590 599 670 699 800 830 850 852 870 880 890 960 970 990 998";
		for (const each of [...one, ...two.split(" "), ...three.split(" ")]) expect(code(`+${each}5551234`)).toBe(each);
	});

	it("are read with and without a plus", () => {
		expect(parsePhoneNumber(" TEL:+1 (317) 872-3000 ")).toEqual({
			raw: "TEL:+1 (317) 872-3000",
			scheme: "tel",
			uri: "tel:+1 (317) 872-3000",
			e164: "+13178723000",
			subscriberNumber: "3178723000",
			dialingCode: "1",
			isGlobal: true,
			isTel: true,
			isSip: false,
		});
		expect(parsePhoneNumber("1.317.872.3000")).toMatchObject({
			e164: null,
			isGlobal: false,
			subscriberNumber: "3178723000",
			uri: "tel:1.317.872.3000",
		});
	});

	it("of sip keep the address, and nothing behind it", () => {
		expect(parsePhoneNumber(" SIPS:ann@example.com;user=phone@x ")).toEqual({
			raw: "SIPS:ann@example.com;user=phone@x",
			scheme: "sips",
			uri: "sips:ann@example.com;user=phone",
			e164: null,
			subscriberNumber: null,
			dialingCode: null,
			isGlobal: false,
			isTel: false,
			isSip: true,
		});
		expect(parsePhoneNumber("sip:a@b")?.uri).toBe("sip:a@b");
	});

	it.each(["", " ", "\t"])("are NOT_SET of %j", (text) => {
		expect(parsePhoneNumber(text)).toBeUndefined();
	});

	it.each([
		"x",
		"+",
		"++1",
		"1+1",
		"sip:",
		"sip:a",
		"sip:@b",
		"sip:a@",
		"xsip:a@b",
		"sipx:a@b",
		"tel:",
		"tel:x",
		"xtel:1",
		"1tel:5",
		"1x",
		"123456789012345678901",
	])("are none of %j", (text) => {
		expect(refusalOf(() => parsePhoneNumber(text))).toEqual([
			"bad-cast",
			`Expected a phone number such as +13178723000 or sip:name@example.com, got "${text}".`,
		]);
	});

	it("have at most 20 digits (an assumption: the facts are silent)", () => {
		expect(parsePhoneNumber("12345678901234567890")?.isTel).toBe(true);
		expect(refusalOf(() => parsePhoneNumber("x".repeat(61)))[1]).toContain(`"${"x".repeat(60)}"`);
	});

	it("are equal by what they reach, in collections as well", () => {
		const [one, other] = [parsePhoneNumber("+13178723000"), parsePhoneNumber("13178723000")];
		expect(identityOf(one)).toBe("tel:13178723000");
		expect(identityOf([other, undefined, "x"])).toEqual(["tel:13178723000", undefined, "x"]);
		expect(identityOf(parsePhoneNumber("sip:a@b"))).toBe("sip:a@b");
		expect(identityOf({ a: 1 })).toEqual({ a: 1 });
	});
});
