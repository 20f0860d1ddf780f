import { isOnlyTried } from "../../../vendors/credentials.ts";
import { noteCredential } from "../../pipeline/credentials/flow.ts";
import { newsOfFailure } from "../../pipeline/credentials/records.ts";
import type { CredentialNews } from "../../pipeline/credentials/rules.ts";
import {
	type Clock,
	EdgeError,
	type IncidentTable,
	type Ledger,
	type PageOrder,
	type Pager,
	type Workflows,
} from "../../pipeline/ports.ts";

export interface NoticedOptions {
	readonly ledger: () => Ledger;
	readonly clock: Clock;
	readonly settings: { readonly environment: string };
	/** The credential's name, as `credentials/rules.ts` has it. */
	readonly name: string;
}

/** A pager whose refused credential is noted as it is met: the next check need not wait for its turn. */
export function noticedPager(pager: Pager, options: NoticedOptions): Pager {
	const { acknowledge, update } = pager;
	return {
		send: (order: PageOrder) => noticed(options, () => pager.send(order)),
		read: (order: PageOrder) => noticed(options, () => pager.read(order)),
		resolve: (order: PageOrder) => noticed(options, () => pager.resolve(order)),
		...(acknowledge && { acknowledge: (order: PageOrder) => noticed(options, () => acknowledge(order)) }),
		...(update && { update: (order: PageOrder) => noticed(options, () => update(order)) }),
	};
}

/** The launches and the look at them, likewise. */
export function noticedWorkflows(workflows: Workflows, options: NoticedOptions): Workflows {
	return {
		launch: (policy, inputs, name) => noticed(options, () => workflows.launch(policy, inputs, name)),
		status: (executionId) => noticed(options, () => workflows.status(executionId)),
	};
}

/** The table of active incidents, likewise. */
export function noticedTable(table: IncidentTable, options: NoticedOptions): IncidentTable {
	return {
		rows: () => noticed(options, () => table.rows()),
		add: (row) => noticed(options, () => table.add(row)),
		replace: (row) => noticed(options, () => table.replace(row)),
		remove: (key) => noticed(options, () => table.remove(key)),
	};
}

async function noticed<T>({ name, clock, settings, ledger }: NoticedOptions, call: () => Promise<T>): Promise<T> {
	const note = (news: CredentialNews): Promise<void> => noteCredential({ ledger: ledger(), clock, settings }, name, news);
	try {
		const done = await call();
		// Where there is no check, nothing else tells that it is taken again.
		if (isOnlyTried(name)) await note({ what: "taken" });
		return done;
	} catch (error) {
		const news = error instanceof EdgeError ? newsOfFailure(error.reason, error.message) : undefined;
		if (news !== undefined) await note(news);
		throw error;
	}
}
