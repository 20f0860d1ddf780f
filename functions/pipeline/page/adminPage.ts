import { watchedRunbook } from "../../../conditions/runbooks.ts";
import type { Source } from "../detect/sources.ts";
import type { Incident } from "../model/incident.ts";

/** Where the user interface of Genesys Cloud shows what a source lists: paths behind `https://apps.<domain>`, in which `{id}` is the entity's id. */
export type AdminPages = { readonly [S in Source]?: string };

/**
 * Genesys documents none of these addresses. That of a queue is what a browser shows for it. An external trunk has no address of its own (apps of
 * Genesys link to the list, too), and that of an edge is not public, so they are found by their names in the lists. A stack can correct each.
 */
export const usualAdminPages: Readonly<Record<Source, string>> = {
	edges: "/directory/#/engage/telephonyAdmin/edges",
	trunks: "/directory/#/engage/telephonyAdmin/trunks/external",
	queues: "/directory/#/admin/organization/queues/{id}",
};

const reference = "{id}";
const genesysId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The address at which a person finds the entity of an incident; undefined where Genesys Cloud has no page for it. */
export function adminPageOf(
	{ domain, adminPages = {} }: { readonly domain: string; readonly adminPages?: AdminPages },
	{ condition, entityId }: Pick<Incident, "condition" | "entityId">,
): string | undefined {
	const source = watchedRunbook(condition)?.sources[0];
	const path = source === undefined ? "" : (adminPages[source] ?? usualAdminPages[source]);
	// A group is no entity, and other systems have ids of their own.
	if (path === "" || (path.includes(reference) && !genesysId.test(entityId))) return undefined;
	return `https://apps.${domain}${path.replaceAll(reference, entityId)}`;
}
