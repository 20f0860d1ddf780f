import type { ActiveIncidentRow } from "../../../contracts/activeIncidents.ts";
import { EdgeError, type FoundRow, type IncidentTable } from "../../pipeline/ports.ts";
import { field } from "../http/http.ts";
import { allEntities, type Call } from "./listing.ts";

/** The rows of one Architect data table. Permissions: architect:datatableRow:view, add, edit and delete. Throws only EdgeError. */
export function incidentTable(call: () => Call, tableId: () => string): IncidentTable {
	const rows = (): string => `/api/v2/flows/datatables/${encodeURIComponent(tableId())}/rows`;
	const row = (key: string): string => `${rows()}/${encodeURIComponent(key)}`;
	return {
		// Without it the vendor tells the keys only.
		rows: async () => (await allEntities(call(), `${rows()}?showbrief=false`)).flatMap(foundRow),
		add: async (content) => {
			await call()(rows(), bodyOf(content));
		},
		replace: async (content) => {
			const isThere = await unlessGone(call()(row(content.key), bodyOf(content), "PUT"));
			return isThere ? "replaced" : "gone";
		},
		remove: async (key) => {
			await unlessGone(call()(row(key), undefined, "DELETE"));
		},
	};
}

const bodyOf = (content: ActiveIncidentRow): object => ({ ...content });

function foundRow(entity: object): readonly FoundRow[] {
	const key = field(entity, "key");
	return typeof key === "string" ? [{ key, fields: { ...entity } }] : [];
}

/** Whether the row was there: one that is gone is as good as removed. */
async function unlessGone(call: Promise<unknown>): Promise<boolean> {
	try {
		await call;
		return true;
	} catch (error) {
		if (error instanceof EdgeError && error.reason === "not-found") return false;
		throw error;
	}
}
