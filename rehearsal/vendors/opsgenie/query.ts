import type { GenieAlert } from "./alert.ts";

type Filter = (alert: GenieAlert) => boolean;

/** The fields that we know of those in docs.opsgenie.com, "Alerts Search Query Help". */
const fields: Readonly<Record<string, (alert: GenieAlert) => string>> = {
	alertId: ({ id }) => id,
	tinyId: ({ tinyId }) => tinyId,
	alias: ({ alias }) => alias,
	message: ({ message }) => message,
	entity: ({ entity }) => entity,
	priority: ({ priority }) => priority,
	status: ({ status }) => status,
	acknowledged: ({ acknowledged }) => String(acknowledged),
	snoozed: ({ snoozed }) => String(snoozed),
	owner: ({ owner }) => owner,
};

/**
 * The alerts that a search query asks for: conditions `field:value` joined by AND; undefined for what is none. A value with a colon in it must be
 * quoted. The help says that an alias finds an alert only while it is open; the vendor's list finds closed ones, too, as JSM's does: an assumption.
 */
export function readQuery(text: string): Filter | undefined {
	const condition = /\s*(\w+)\s*:\s*(?:"([^"]*)"|([^\s":]+))\s*(AND\s|$)/iy;
	const filters: Filter[] = [];
	while (condition.lastIndex < text.length) {
		const [, name = "", quoted, plain = "", next] = condition.exec(text) ?? [];
		const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
		if (field === undefined) return undefined;
		filters.push((alert) => field(alert) === (quoted ?? plain));
		if (next === "") break;
	}
	return (alert) => filters.every((filter) => filter(alert));
}
