import { announcerName } from "../../pipeline/credentials/names.ts";
import { noticedTable } from "../credentials/noticed.ts";
import { authorized } from "../genesys/api.ts";
import { incidentTable } from "../genesys/incidentTable.ts";
import { once, type Parts } from "../parts.ts";
import type { Ports } from "../ports.ts";
import { inBulk } from "./genesys.ts";

/** What the overseer keeps back of its time when it announces: for its last words and the heartbeat. */
const endingMilliseconds = 6_000;

/** Genesys Cloud as the client "announcer". */
export const announcing = {
	incidentTable: (parts: Parts): Ports["incidentTable"] => {
		const { sources, environment, ledger } = parts;
		const { clock, settings } = sources;
		// Its client is made when the first row is asked for.
		const call = once(() => authorized(inBulk(parts, parts.genesys(announcerName), endingMilliseconds)));
		const table = incidentTable(call, () => environment.activeIncidentsTable());
		return noticedTable(table, { ledger, clock, settings, name: announcerName });
	},
};
