import { readItem } from "../ledger/store.ts";
import type { Incident } from "../model/incident.ts";
import { silencesKey } from "../model/keys.ts";
import { troubleOf } from "../page/flow.ts";
import { EdgeError, type Ports } from "../ports.ts";
import { policyOf } from "../route/policy.ts";
import type { RuntimeSettings } from "../settings.ts";
import type { SilencesItem } from "./byHand.ts";
import { type Silences, silencesAt } from "./rules.ts";

type SilencePorts = Pick<Ports, "settings" | "clock" | "journal" | "ledger">;

/** What is silent now: one read, once a tick. Where the ledger does not say what there is by hand, rather a page too many than one too few. */
export async function readSilences({ settings, clock, journal, ledger }: SilencePorts): Promise<Silences> {
	const { environment, windows = [] } = settings;
	try {
		const item = await readItem<SilencesItem>(ledger, silencesKey(environment));
		return { inEffect: silencesAt(windows, item?.silences ?? [], clock.now()) };
	} catch (error) {
		if (!(error instanceof EdgeError)) throw error;
		const { outcome, detail } = troubleOf(error);
		journal.log({ what: "error", outcome, detail: `the silences by hand could not be read: ${detail}` });
		return { inEffect: silencesAt(windows, [], clock.now()), isPartial: true };
	}
}

/** The recorded reason why nobody is paged: which silence, until when, and whom it spares. */
export function logSilenced({ settings, journal }: Pick<SilencePorts, "settings" | "journal">, incident: Incident): void {
	const { key, occurrence, silenced } = incident;
	if (silenced === undefined) return;
	journal.log({
		what: "silenced",
		incident: key,
		occurrence,
		outcome: silenced.name,
		detail: `until ${new Date(silenced.until).toISOString()}: ${silenced.why} (${silenced.who}); not paged: ${sparedBy(settings, incident)}`,
	});
}

/** Who would have been asked first. */
function sparedBy(settings: Pick<RuntimeSettings, "policies" | "routes">, incident: Incident): string {
	const [tier] = policyOf(settings, incident).tiers;
	return tier === undefined ? "nobody" : `${tier.name} by ${tier.channels.map(({ name }) => name).join(", else ")}`;
}
