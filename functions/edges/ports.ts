import type {
	AcknowledgeLinks,
	Approvals,
	Clock,
	CredentialChecks,
	Deadline,
	DispatchQueue,
	EdgeSource,
	IncidentTable,
	Journal,
	Ledger,
	Pagers,
	QueueSource,
	Remedies,
	RemedyActs,
	TrunkSource,
	Workflows,
} from "../pipeline/ports.ts";
import type { RuntimeSettings } from "../pipeline/settings.ts";
import type { BackOff } from "./http/backOff.ts";
import type { Heartbeat } from "./http/heartbeat.ts";
import type { Topics } from "./webhook/sns.ts";

/**
 * Everything that a handler may reach; each handler says what of it is its own, and gets nothing else. A port is made when it is first used: one
 * whose variable is missing fails then, not before.
 */
export interface Ports {
	readonly settings: RuntimeSettings;
	readonly clock: Clock;
	readonly deadline: Deadline;
	readonly journal: Journal;
	readonly ledger: Ledger;
	readonly queue: DispatchQueue & BackOff;
	/** Genesys Cloud as the client "detector". */
	readonly trunks: TrunkSource;
	/** The same client. */
	readonly edges: EdgeSource;
	readonly contactQueues: QueueSource;
	/** Genesys Cloud as the client "launcher". */
	readonly workflows: Workflows;
	readonly pagers: Pagers;
	/** Genesys Cloud as the client "announcer". */
	readonly incidentTable: IncidentTable;
	/** Whether the credentials that this function holds are taken; the remediator's is asked of the remediator. */
	readonly credentials: CredentialChecks;
	/** The remediator, for the functions that ask it. */
	readonly remedies: Remedies;
	/** Inside the remediator. */
	readonly remedyActs: RemedyActs;
	readonly approvals: Approvals;
	/** For the functions that page, and for the one that takes the answers. */
	readonly acknowledgeLinks: AcknowledgeLinks;
	/** A new launch id. */
	readonly newId: () => string;
	/** The secrets that tell approval links of ours from others, and approve nothing. */
	approvalSeals(): Promise<readonly string[]>;
	/** The signing secrets that are valid now. */
	webhookSecrets(): Promise<readonly string[]>;
	/** The bearer tokens that are valid now, for alerts of what cannot sign. */
	webhookTokens(): Promise<readonly string[]>;
	/** The secrets by which a vendor that tells of pages proves itself at this path, such as `pagerduty/primary`; none: nobody is heard there. */
	vendorWebhookSecrets(path: string): Promise<readonly string[]>;
	readonly topics: Topics;
	/** For the functions of a schedule, at their good end. */
	readonly heartbeat: Heartbeat;
}
