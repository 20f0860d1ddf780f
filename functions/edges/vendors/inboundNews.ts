import type { Inbound, InboundEvent } from "../../../vendors/inbound.ts";
import type { ChannelKind } from "../../../vendors/kinds.ts";
import type { Instant } from "../../pipeline/model/incident.ts";
import { maximumKeyLength } from "../../pipeline/model/keys.ts";
import { momentOf, textOf } from "../../pipeline/normalize/fields.ts";
import type { VendorNews } from "../../pipeline/respond/heardFromVendor.ts";
import { at } from "./reading.ts";

/** Who sends a webhook: the vendor of a kind of channel, and whose credential it knew a secret of. */
export interface InboundSender {
	readonly kind: ChannelKind;
	readonly credential: string;
	readonly inbound: Inbound;
}

/** What a request tells of a page; undefined for what is about none of ours, or no event of a page. The sender must have been verified before. */
export function newsOf({ kind, credential, inbound }: InboundSender, body: string, query: string): VendorNews | undefined {
	const document = documentOf(inbound, body);
	const dedupKey = keyOf(inbound, document, query);
	const receipt = textOf(at(document, inbound.receipt));
	const event = eventOf(inbound, document);
	if ((dedupKey ?? receipt) === undefined || event === undefined) return undefined;
	if (isAnswer(event) && !isByPerson(inbound, document)) return undefined;
	const by = textOf(at(document, inbound.by));
	const occurredAt = instantOf(at(document, inbound.occurredAt));
	// Where a vendor dates what it tells, what has no date is none of it.
	if (inbound.occurredAt !== undefined && occurredAt === undefined) return undefined;
	const place = Object.entries(inbound.matches ?? {}).map(([path, setting]) => [setting, textOf(at(document, path)) ?? ""]);
	return {
		kind,
		credential,
		...(dedupKey === undefined ? {} : { dedupKey }),
		...(receipt === undefined ? {} : { receipt }),
		event,
		...(by === undefined ? {} : { by }),
		...(occurredAt === undefined ? {} : { occurredAt }),
		place: Object.fromEntries(place),
	};
}

function keyOf({ key }: Inbound, document: unknown, query: string): string | undefined {
	if (key === undefined) return undefined;
	const said = "query" in key ? new URLSearchParams(query).get(key.query) : at(document, key.at);
	return typeof said === "string" && said !== "" && said.length <= maximumKeyLength ? said : undefined;
}

function documentOf({ body: form }: Inbound, body: string): unknown {
	if (form === "json") return parsed(body);
	const fields = new URLSearchParams(body);
	return form === "form" ? Object.fromEntries(fields) : parsed(fields.get(form.jsonIn) ?? "");
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function eventOf({ events, unless }: Inbound, document: unknown): InboundEvent | undefined {
	if (unless !== undefined && at(document, unless.at) === unless.is) return undefined;
	for (const [path, words] of Object.entries(events)) {
		const word = textOf(at(document, path)) ?? "";
		if (Object.hasOwn(words, word)) return words[word];
	}
	return undefined;
}

const isAnswer = (event: InboundEvent): boolean => event === "acknowledged" || event === "resolved";

function isByPerson({ person }: Inbound, document: unknown): boolean {
	if (person === undefined) return true;
	const said = at(document, person.at);
	return "is" in person ? said === person.is : said !== person.isNot;
}

/** A moment of a document; vendors count it in microseconds or nanoseconds, too. */
function instantOf(value: unknown): Instant | undefined {
	const text = textOf(value);
	return text !== undefined && /^\d{16,19}$/.test(text) ? momentOf(text.slice(0, 13)) : momentOf(text);
}
