import { pollerKey } from "../../functions/pipeline/model/keys.ts";
import type { OperatePorts } from "../../functions/pipeline/silence/operate.ts";
import type { LedgerPlace } from "../incidents/ledgerPlace.ts";
import { openLedger } from "../incidents/stackLedger.ts";
import type { StackFile } from "../scenario/stackFile.ts";
import { SilenceError } from "./asked.ts";

export interface OpenedPorts extends OperatePorts {
	end(): void;
}

/** The ledger of a deployed stack, with the operator's own AWS credentials. Throws SilenceError where the ledger is that of another stack. */
export async function operatorPorts(file: StackFile, place: LedgerPlace): Promise<OpenedPorts> {
	const { ledger, where, end } = openLedger(file, place);
	const clock = { now: () => Date.now() };
	const written = await ledger.read(pollerKey(file.stack)).catch((error: unknown) => {
		end();
		throw error;
	});
	// A silence under another stack's name would be read by nobody.
	if (written !== undefined) return { ledger, clock, environment: file.stack, end };
	end();
	throw new SilenceError(
		`Expected --table to be the ledger of stack ${file.stack}, which its poller writes to, got ${where}, which it never did`,
	);
}
