import type { ServiceKeys } from "./keys.ts";

/** How a service is set up, as people can change it. */
export interface PagerDutySetup {
	/** `active` also stands for "warning" and "critical", which its incidents decide. */
	readonly status: "active" | "maintenance" | "disabled";
	/** How alerts are folded into one incident; null: not at all. */
	readonly grouping: "time" | "intelligent" | "content_based" | null;
}

/** A service of the account, with its integration and its keys. */
export interface PagerDutyService extends PagerDutySetup, ServiceKeys {
	readonly id: string;
	readonly name: string;
}
