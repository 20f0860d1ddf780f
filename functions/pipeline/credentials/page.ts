import { pageOfCredential } from "../../../vendors/credentials.ts";
import type { Incident } from "../model/incident.ts";
import type { RuntimeSettings } from "../settings.ts";
import { expirySuffix } from "./rules.ts";

/** Where the pages are in the repository. */
const usualPage = "docs/credentials.md";

/** Where a person reads what to do about a credential: what it is for, how it is replaced; undefined for what is no failure of one. */
export function credentialPageOf(
	{ credentialsPage = usualPage }: Pick<RuntimeSettings, "credentialsPage">,
	{ condition, entityId }: Pick<Incident, "condition" | "entityId">,
): string | undefined {
	if (condition !== "credentials-failing") return undefined;
	const name = entityId.endsWith(expirySuffix) ? entityId.slice(0, -expirySuffix.length) : entityId;
	return `${credentialsPage}#${pageOfCredential(name).toLowerCase()}`;
}
