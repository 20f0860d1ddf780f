import type { Incident, Instant, Page } from "../model/incident.ts";
import type { RuntimeSettings } from "../settings.ts";

/** What of the settings the texts of a page tell. */
export type TextSettings = Pick<RuntimeSettings, "environment" | "production" | "genesys" | "runbooks" | "credentialsPage">;

/** What the texts of a page are made of. */
export interface Told {
	readonly settings: TextSettings;
	readonly incident: Incident;
	/** Whose text it is; absent for what a workflow is launched with, which is any page. */
	readonly page?: Page;
	/** When it is sent; absent where that is not known yet: then nothing is said that will not be so later. */
	readonly now?: Instant;
	/** By which it is acknowledged; absent or "" where it holds no such link. */
	readonly acknowledgeUrl?: string;
}
