import { type Content, isList, ValueError } from "./values.ts";

/** A phone number as the platform shows it: the properties of the vendor's PhoneNumber type; null is NOT_SET. */
export type PhoneNumber = {
	readonly raw: string;
	readonly scheme: string | null;
	readonly uri: string;
	readonly e164: string | null;
	readonly subscriberNumber: string | null;
	readonly dialingCode: string | null;
	readonly isGlobal: boolean;
	readonly isTel: boolean;
	readonly isSip: boolean;
};

/** Country calling codes of one and two digits; every other one has three (ITU-T E.164). */
const shortCodes = /^(?:1|7|20|27|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

/** A phone number of a `tel:` or `sip(s):` address or of bare digits; undefined (NOT_SET) for a blank text. Throws ValueError. */
export function parsePhoneNumber(text: string): PhoneNumber | undefined {
	const raw = text.trim();
	if (raw === "") return undefined;
	const sip = /^(sips?):([^@\s]+)@([^@\s]+)/i.exec(raw);
	if (sip !== null) return sipAddress(raw, sip[1] ?? "sip", `${sip[2]}@${sip[3]}`);
	const number = raw.replace(/^tel:/i, "");
	const digits = number.replace(/[\s().-]/g, "");
	if (!/^\+?\d{1,20}$/.test(digits)) {
		throw new ValueError("bad-cast", `Expected a phone number such as +13178723000 or sip:name@example.com, got "${text.slice(0, 60)}".`);
	}
	const isGlobal = digits.startsWith("+");
	const bare = digits.replace("+", "");
	const code = shortCodes.exec(bare)?.[0] ?? bare.slice(0, 3);
	return {
		raw,
		scheme: "tel",
		uri: `tel:${number}`,
		e164: isGlobal ? digits : null,
		// The vendor's examples take the country code off with and without a plus.
		subscriberNumber: bare.slice(code.length),
		dialingCode: code,
		isGlobal,
		isTel: true,
		isSip: false,
	};
}

function sipAddress(raw: string, scheme: string, address: string): PhoneNumber {
	const lower = scheme.toLowerCase();
	const none = { e164: null, subscriberNumber: null, dialingCode: null };
	return { raw, scheme: lower, uri: `${lower}:${address}`, ...none, isGlobal: false, isTel: false, isSip: true };
}

/** Whether a content is a phone number. */
export function isPhoneNumber(content: unknown): content is PhoneNumber {
	return typeof content === "object" && content !== null && "isTel" in content && "isSip" in content && "uri" in content;
}

/** What two equal phone numbers share: the digits of a telephone (`13178723000` equals `+13178723000`), the address of SIP. Others stay as they are. */
export function identityOf(content: Content | undefined): Content | undefined {
	if (isList(content)) return content.map(identityOf);
	if (!isPhoneNumber(content)) return content;
	return content.isTel ? `tel:${content.dialingCode}${content.subscriberNumber}` : content.uri;
}
