import type { ValuesOf } from "../../conditions/fields.ts";
import type { FieldsOf } from "../../conditions/runbooks.ts";
import type { Remedy } from "../../remedies/kinds.ts";
import type { Accounts, Channel } from "../../vendors/settings.ts";
import type { DrillSettings } from "./drill/settings.ts";
import type { EventSettings } from "./listen/settings.ts";
import type { Condition, Severity } from "./model/incident.ts";
import type { WebhookSettings } from "./normalize/settings.ts";
import type { AdminPages } from "./page/adminPage.ts";
import type { Hours, Route } from "./route/settings.ts";
import type { Window } from "./silence/settings.ts";

/** The rungs of the remediation ladder: `observe` looks and never acts, `approve` acts once a person says so, `auto` acts by itself. */
export const remediationModes = ["observe", "approve", "auto"] as const;
export type RemediationMode = (typeof remediationModes)[number];

/** How far the ladder is climbed for one condition, and what with. */
export interface Remediation {
	readonly mode: RemediationMode;
	readonly remedy: Remedy;
	/** How long the remedy has to help before it is undone. */
	readonly windowSeconds: number;
	/** How long after a remedy was begun it is not begun again, whatever the incident. */
	readonly cooldownSeconds: number;
}

/** When a failure that comes and goes is one: so many breaches among the last so many readings, in whatever order. */
export interface Intermittent {
	readonly breaches: number;
	readonly of: number;
}

/** How one condition is detected and answered in one stack. */
export interface RunbookSettings {
	readonly enabled: boolean;
	readonly severity: Severity;
	/** Breaches in a row that open an incident. */
	readonly breachesToOpen: number;
	/** Clears in a row that close it. */
	readonly clearsToClose: number;
	/** The second rule beside "in a row"; `false` or absent: only what fails in a row opens an incident. */
	readonly intermittent?: Intermittent | false;
	readonly remediation: "observe" | Remediation;
	/** The address of the page for people, which every page of this runbook ends with. */
	readonly page?: string;
}

/** The runbooks of a stack by their condition; some have settings of their own. */
export type RunbookTable = { readonly [Name in Condition]?: RunbookSettings & ValuesOf<FieldsOf<Name>> };

export type { Channel };

export interface Tier {
	readonly name: string;
	/** In order of preference: the next one is the fallback of the one before. */
	readonly channels: readonly Channel[];
	/** Told beside the pages, never waited for and never counted as one. */
	readonly informs?: readonly Channel[];
}

/** Who is paged, when and how: data that is compiled to the workflow and interpreted by the overseer. */
export interface EscalationPolicy {
	/** At most this many attempts per executor, channel and tier. */
	readonly attemptsPerChannel: number;
	/** The waits between attempts, growing; one fewer than the attempts. */
	readonly waitsSeconds: readonly number[];
	/** How long after acceptance a page may stay unproven before the next channel is used. */
	readonly proofSeconds: number;
	/** How long after the first attempt the workflow first reads a page back, and between two reads. */
	readonly readBackSeconds: number;
	/** How long after a tier counts as told the next tier is paged. */
	readonly acknowledgeSeconds: number;
	/** An incident this old and unacknowledged is escalated whatever the workflow is doing. */
	readonly staleSeconds: number;
	/** How long after the last tier nobody answered everybody is asked anew. */
	readonly repeatSeconds: number;
	/** How often in a day. */
	readonly repeatsADay: number;
	/** How long an acknowledgement holds while the failure goes on; whoever gave it is then asked first. */
	readonly acknowledgedForSeconds: number;
	/** How long after a page was ended by hand at its vendor a failure that is still there is told again. */
	readonly reopenSeconds: number;
	/** Whether a page that its vendor takes no answer to ends in a link by which it is acknowledged. */
	readonly acknowledgeLinks: boolean;
	readonly tiers: readonly Tier[];
}

/** When many failures at once are one page. */
export interface GroupingSettings {
	/** More entities than this under one condition. */
	readonly over: number;
	/** Opened within so long. */
	readonly withinSeconds: number;
}

export interface Limits {
	/** Incidents in response at once, all Lambdas together: the number of leases. */
	readonly incidentsInResponse: number;
	/** Requests a minute that Genesys Cloud allows one OAuth client. */
	readonly genesysRequestsPerMinute: number;
	/** The share of it that we use, 0 to 1. */
	readonly genesysShare: number;
	/** Requests a minute for one credential of a vendor. */
	readonly vendorRequestsPerMinute: number;
	/** How long the overseer waits for a launch, a claim or a sign of life before it takes over. */
	readonly takeOverSeconds: number;
	/** A poller that reported nothing for this long is itself an incident. */
	readonly detectorSilentSeconds: number;
	/** Failed polls in a row that make an incident of the poller's own failure. */
	readonly failedPollsToOpen: number;
	/** How long closed incidents stay in the ledger. */
	readonly keepClosedDays: number;
}

/** What travels as `settings.json` inside each function's archive, with the accounts at the vendors. Holds no secret. */
export interface RuntimeSettings extends Accounts {
	/** The stack's name: `dev`, `prod`. */
	readonly environment: string;
	/** Whether its pages are in earnest; each line of all others begins with the stack's name. Absent: they are not. */
	readonly production?: boolean;
	readonly genesys: {
		/** `mypurecloud.de`, `usw2.pure.cloud`, … : `api.<domain>`, `login.<domain>` and `apps.<domain>`. */
		readonly domain: string;
		/** Where the user interface shows what fails; what is left out is where it usually is. */
		readonly adminPages?: AdminPages;
	};
	readonly runbooks: RunbookTable;
	/** By their names: at least one. */
	readonly policies: Readonly<Record<string, EscalationPolicy>>;
	/** Parts of the week by their names. */
	readonly hours?: Readonly<Record<string, Hours>>;
	/** Who is paged for what: the first that fits. The last one fits everything, always. */
	readonly routes: readonly Route[];
	/** When failures are recorded and page nobody. */
	readonly windows?: readonly Window[];
	/** Where docs/credentials.md can be read: what is told of a credential links to it. */
	readonly credentialsPage?: string;
	/** Exercises of the policies; absent: by hand only. */
	readonly drills?: DrillSettings;
	/** What is known in advance of credentials, by their names. */
	readonly credentials?: Readonly<Record<string, { readonly expiresOn: string }>>;
	/** `false`: each failure pages by itself, up to what the vendors take (`group/rules.ts`). */
	readonly grouping: GroupingSettings | false;
	readonly limits: Limits;
	/** The overseer keeps a data table of active incidents; absent: it does not. */
	readonly activeIncidents?: true;
	/** What the webhook takes beside its own document; absent: nothing. */
	readonly webhook?: WebhookSettings;
	/** What comes by Amazon EventBridge; absent: nothing. */
	readonly events?: EventSettings;
}
