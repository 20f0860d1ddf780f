import type { VendorArrival } from "../emulator.ts";
import { type GenieAlert, groupedAlias } from "./alert.ts";

/** An alert is there as soon as it was made, and people see it; one that was deleted is over. What a policy folded others into is nobody's page. */
export const alertArrival = (alert: GenieAlert): readonly VendorArrival[] => (alert.alias === groupedAlias ? [] : [arrivalOf(alert)]);

function arrivalOf({ team, createdAt, message, alias, entity, details, answeredAt, closedAt, deletedAt }: GenieAlert): VendorArrival {
	const resolvedAt = closedAt ?? deletedAt;
	return {
		place: team,
		kind: "page",
		at: createdAt,
		text: message,
		arrived: true,
		record: { key: alias, source: entity, details },
		...(answeredAt === undefined ? {} : { answeredAt }),
		...(resolvedAt === undefined ? {} : { resolvedAt }),
	};
}
