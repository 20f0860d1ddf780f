import type { PageValue } from "../../../vendors/call.ts";
import type { Vendor } from "../../../vendors/vendor.ts";
import { parseDedupKey, parseIncidentKey } from "../../pipeline/model/keys.ts";
import { maximumBody } from "../../pipeline/page/body.ts";
import { clockToleranceMilliseconds } from "../../pipeline/page/clock.ts";
import { overOpening, spokenLine, spokenOpening } from "../../pipeline/page/spoken.ts";
import { pageSummary, smsEnding, smsLine, smsOpening } from "../../pipeline/page/words.ts";
import type { PageOrder } from "../../pipeline/ports.ts";
import { approvalInvitation } from "../../pipeline/remedy/rules.ts";

/** What a page says, each by the name that the vendors' descriptions use. `details` is an object; what is not known is undefined. */
export type PageValues = Readonly<Record<PageValue, string | Readonly<Record<string, string>> | undefined>>;

/** The values of a page, as the functions send it; `isOver`: it tells the end. */
export function pageValues(
	order: PageOrder,
	{ severities, escapes = [] }: Pick<Vendor, "severities" | "escapes">,
	isOver: boolean,
): PageValues {
	const parts = parseIncidentKey(parseDedupKey(order.dedupKey)?.key ?? "");
	const said = (text: string): string => escapes.reduce((escaped, [character, instead]) => escaped.replaceAll(character, instead), text);
	const since = order.intendedAt - clockToleranceMilliseconds;
	return {
		key: order.dedupKey,
		summary: said(pageSummary(order)),
		spoken: spokenLine(isOver ? overOpening : spokenOpening(order.severity), order.summary),
		acknowledgeUrl: order.acknowledgeUrl ?? "",
		text: said(smsBody(isOver ? "RECOVERED" : smsOpening(order.severity), order)),
		title: said(order.title),
		body: said(order.body).slice(0, maximumBody),
		note: said(order.note ?? ""),
		severity: severities?.[order.severity] ?? order.severity,
		entityName: order.source,
		entityId: parts?.entityId,
		environment: parts?.environment,
		details: order.details,
		receipt: order.receipt,
		thread: order.thread,
		sinceDay: new Date(since).toISOString().slice(0, 10),
		sinceSeconds: String(Math.floor(since / 1000)),
	};
}

/** The text of an SMS: it ends in a reference by which it is found again, whatever was lost between its vendor and us. An approval link is a message more. */
export function smsBody(
	opening: string,
	order: Pick<PageOrder, "summary" | "dedupKey" | "acknowledgeUrl"> & { readonly source?: string; readonly details?: PageOrder["details"] },
): string {
	const approval = order.details?.approval ?? "";
	const invitation = approval === "" ? "" : ` ${approvalInvitation}${approval}`;
	const about = { environment: order.details?.environment ?? "", entityName: order.source ?? "" };
	return `${smsLine(opening, order.summary, about)}${invitation}${smsEnding(order.dedupKey, order.acknowledgeUrl)}`;
}
