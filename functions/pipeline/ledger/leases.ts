import { type Leases, leaseSeconds, releaseLease, renewLease } from "../limits/leases.ts";
import type { Incident } from "../model/incident.ts";
import { leasesKey } from "../model/keys.ts";
import { EdgeError, type Ports } from "../ports.ts";
import { policyOf } from "../route/policy.ts";
import { change } from "./store.ts";

type LeasePorts = Pick<Ports, "settings" | "clock" | "ledger">;

/** Holds the lease of a running workflow for longer. One that could not be renewed ends by itself: the workflow's answer is worth more than the limit. */
export async function keepLease(
	{ ledger, clock, settings }: LeasePorts,
	{ launchId, incidentKey }: { readonly launchId: string; readonly incidentKey: string },
	incident: Pick<Incident, "policy">,
): Promise<void> {
	const { environment, limits } = settings;
	try {
		await change<Leases, void>(ledger, leasesKey(environment), (leases) => {
			const now = clock.now();
			const wanted = { launchId, incidentKey, until: now + leaseSeconds(policyOf(settings, incident)) * 1000 };
			return { write: renewLease(leases, wanted, limits.incidentsInResponse, now), result: undefined };
		});
	} catch (error) {
		if (!(error instanceof EdgeError)) throw error;
	}
}

/** Gives the lease of a launch back; whether it was held. Throws EdgeError. */
export const freeLease = ({ ledger, settings }: Pick<LeasePorts, "ledger" | "settings">, launchId: string): Promise<boolean> =>
	change<Leases, boolean>(ledger, leasesKey(settings.environment), (leases) => {
		const next = releaseLease(leases, launchId);
		return next.released ? { write: next.leases, result: true } : { result: false };
	});
