import { afterPoll, type FailedPoll, type PollerHealth } from "../detect/health.ts";
import { pollerKey } from "../model/keys.ts";
import { EdgeError, type Ports, type Stored } from "../ports.ts";
import { change } from "./store.ts";

type HealthPorts = Pick<Ports, "ledger" | "clock" | "settings">;

/** How the poller was doing before this poll, as far as the ledger said. */
export interface HealthBefore {
	readonly isRead: boolean;
	readonly stored: Stored | undefined;
}

/** A ledger that does not answer now may do so at the end of the poll. */
export async function healthBefore({ ledger, settings }: HealthPorts): Promise<HealthBefore> {
	try {
		return { isRead: true, stored: await ledger.read(pollerKey(settings.environment)) };
	} catch (error) {
		if (error instanceof EdgeError) return { isRead: false, stored: undefined };
		throw error;
	}
}

export const healthIn = ({ stored }: HealthBefore): PollerHealth | undefined => stored?.value as PollerHealth | undefined;

/** Writes how this poll went, on what was read at its beginning. Throws EdgeError. */
export async function recordHealth(
	{ ledger, clock, settings }: HealthPorts,
	before: HealthBefore,
	failed: FailedPoll | undefined,
	remark?: string,
): Promise<void> {
	const key = pollerKey(settings.environment);
	const next = (known: PollerHealth | undefined): PollerHealth => afterPoll(known, failed, clock.now(), remark);
	if (before.isRead && (await ledger.write(key, next(healthIn(before)), before.stored?.version ?? 0)) === "written") return;
	await change<PollerHealth, undefined>(ledger, key, (known) => ({ write: next(known), result: undefined }));
}
