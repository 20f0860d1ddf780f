import { SQSClient } from "@aws-sdk/client-sqs";
import { deadLetterQueueName, dispatchQueueName } from "../../components/aws/names.ts";
import { type IncidentPorts, itemKey, mostIncidentsRead } from "../../functions/pipeline/ledger/incidents.ts";
import { readItem } from "../../functions/pipeline/ledger/store.ts";
import { callsAtOnce, sideBySide } from "../../functions/pipeline/limits/sideBySide.ts";
import type { Incident } from "../../functions/pipeline/model/incident.ts";
import { readStackFile } from "../scenario/stackFile.ts";
import { realClock } from "../world/clock.ts";
import { type DeadLetters, deadLetters } from "./deadLetters.ts";
import { clientOptionsOf, openLedger } from "./stackLedger.ts";

/** Which stack's ledger and queues are meant, and where they are. */
export interface AccountFlags {
	readonly stack: string;
	readonly table?: string;
	readonly endpoint?: string;
}

/** A stack's ledger and its dead letters, with the operator's own AWS credentials. */
export interface Account extends IncidentPorts {
	/** Every incident that is not closed. Throws EdgeError. */
	open(): Promise<readonly Incident[]>;
	/** Every closed one that is kept. Throws EdgeError. */
	closed(): Promise<readonly Incident[]>;
	/** By its key; an occurrence that moved aside by `<key>#<occurrence>`. Throws EdgeError. */
	find(key: string): Promise<Incident | undefined>;
	readonly letters: DeadLetters;
	/** Where it looks, for a message. */
	readonly where: string;
	end(): void;
}

/** Opens a stack's account; nothing is asked before something is used. Throws StackFileError, WrongInput. */
export function openAccount({ stack, table, endpoint }: AccountFlags): Account {
	const file = readStackFile(stack);
	const { settings } = file;
	const sqs = new SQSClient(clientOptionsOf(file, endpoint));
	const opened = openLedger(file, { table, endpoint });
	const { ledger } = opened;
	const clock = realClock;
	return {
		ledger,
		clock,
		settings: settings.runtime,
		where: opened.where,
		open: async () => {
			const found: Incident[] = [];
			await sideBySide(await ledger.due(clock.now(), mostIncidentsRead), callsAtOnce, async (key) => {
				const incident = await readItem<Incident>(ledger, key);
				// The list is a hint: it may have been closed, or be another occurrence by now.
				if (incident !== undefined && incident.state !== "closed" && itemKey(incident) === key) found.push(incident);
			});
			return found;
		},
		closed: async () => {
			const all = await opened.incidents();
			return all.filter(({ state, closedAt = 0 }) => state === "closed" && isKept(closedAt, settings.runtime.limits.keepClosedDays));
		},
		find: (key) => readItem<Incident>(ledger, key),
		letters: deadLetters(sqs, { dead: deadLetterQueueName(settings), dispatch: dispatchQueueName(settings) }),
		end: () => {
			opened.end();
			sqs.destroy();
		},
	};
}

/** AWS deletes an expired item days later. */
const isKept = (closedAt: number, days: number): boolean => realClock.now() < closedAt + days * 86_400_000;
