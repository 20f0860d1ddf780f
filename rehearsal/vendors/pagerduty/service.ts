/** A service of the account, with its integration and its keys. */
export interface PagerDutyService {
	readonly id: string;
	readonly name: string;
	/** 32 characters: sends events, cannot read. */
	readonly routingKey: string;
	readonly apiToken: string;
}
