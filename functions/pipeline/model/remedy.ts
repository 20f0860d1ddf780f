/** Switches an emergency group of Genesys Cloud on, and off again: its call flows answer instead of the ordinary ones. */
export interface EmergencyGroupRemedy {
	readonly kind: "emergency-group";
	readonly groupId: string;
}

/** Calls the customer's own endpoint, signed; the same endpoint is told when it must undo. */
export interface WebhookRemedy {
	readonly kind: "webhook";
	/** Absolute, HTTPS. */
	readonly url: string;
}

/** Starts an AWS Systems Manager Automation document of this account and region. */
export interface AutomationRemedy {
	readonly kind: "ssm";
	readonly document: string;
	readonly parameters?: Readonly<Record<string, readonly string[]>>;
	/** Started with the same parameters to undo; without one nothing can be undone, and the record says so. */
	readonly undoDocument?: string;
}

/** What may repair a failure by itself. */
export type Remedy = EmergencyGroupRemedy | WebhookRemedy | AutomationRemedy;
