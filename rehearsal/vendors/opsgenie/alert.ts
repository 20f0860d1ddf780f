/** What a policy that rewrites aliases folds others into. */
export const groupedAlias = "grouped";

/** Times are the vendor's own, in milliseconds. */
export interface GenieAlert {
	readonly id: string;
	readonly tinyId: string;
	readonly alias: string;
	readonly message: string;
	readonly description: string;
	readonly entity: string;
	readonly source: string;
	readonly priority: string;
	readonly tags: readonly string[];
	readonly details: Readonly<Record<string, string>>;
	/** Whose integration made it. */
	readonly team: string;
	readonly status: "open" | "closed";
	readonly acknowledged: boolean;
	readonly snoozed: boolean;
	/** Who took it: acknowledging does, and so does being assigned. */
	readonly owner: string;
	/** How often it was created while it was open. */
	readonly count: number;
	readonly createdAt: number;
	readonly updatedAt: number;
	readonly lastOccurredAt: number;
	readonly acknowledgedBy?: string;
	readonly closedBy?: string;
	/** When a person answered it first; absent once that was taken back. */
	readonly answeredAt?: number;
	readonly closedAt?: number;
	/** A deleted alert is nowhere to be found. */
	readonly deletedAt?: number;
	readonly notes: readonly string[];
}

/** What a request to create an alert says. */
export type AlertDraft = Pick<
	GenieAlert,
	"message" | "alias" | "description" | "entity" | "source" | "priority" | "tags" | "details" | "notes"
>;

/** What a request does to an alert that is there. */
export interface AlertChange {
	readonly action: "acknowledge" | "unacknowledge" | "close";
	readonly user: string;
	readonly note: string;
}

/** Who did something, and whether that is a person. */
export interface Doer {
	readonly name: string;
	readonly isPerson: boolean;
}

/** An alert after that, as far as it was open. */
export function changed(alert: GenieAlert, action: AlertChange["action"], by: Doer, now: number): GenieAlert {
	const { answeredAt, acknowledgedBy, ...rest } = alert;
	const answered =
		by.isPerson && action !== "unacknowledge" ? { answeredAt: answeredAt ?? now } : answeredAt === undefined ? {} : { answeredAt };
	const known = acknowledgedBy === undefined ? {} : { acknowledgedBy };
	switch (action) {
		case "acknowledge":
			if (alert.acknowledged) return alert;
			return { ...rest, ...answered, acknowledged: true, acknowledgedBy: by.name, owner: by.name, updatedAt: now };
		case "unacknowledge":
			return { ...rest, acknowledged: false, owner: "", updatedAt: now };
		case "close":
			return { ...rest, ...answered, ...known, status: "closed", closedBy: by.name, closedAt: now, updatedAt: now };
	}
}
