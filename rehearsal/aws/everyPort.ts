import { portsOf } from "../../functions/edges/compose.ts";
import { announcing } from "../../functions/edges/makers/announcing.ts";
import { everywhere, queueing } from "../../functions/edges/makers/everywhere.ts";
import { detecting, launching } from "../../functions/edges/makers/genesys.ts";
import { beating } from "../../functions/edges/makers/heartbeat.ts";
import { approving, linking } from "../../functions/edges/makers/links.ts";
import { checking, paging } from "../../functions/edges/makers/paging.ts";
import { receiving } from "../../functions/edges/makers/receiving.ts";
import { acting, askingRemediator } from "../../functions/edges/makers/remedies.ts";
import { type Parts, partsOf, type Services, type Surroundings } from "../../functions/edges/parts.ts";
import type { Ports } from "../../functions/edges/ports.ts";

export type PortSources = Surroundings & Services;

/**
 * Every port that there is, for a rehearsal, where one program plays all functions; a function on Lambda is composed in its own file, of the same
 * makers. Throws EdgeError "misconfigured" for a malformed environment.
 */
export function buildPorts(sources: PortSources): Ports {
	// Only the remediator holds this secret, and looks at it itself.
	const isRemediator = sources.env.SECRET_GENESYS_REMEDIATOR !== undefined;
	return portsOf<Ports, Services>(
		{
			...everywhere,
			...queueing,
			...detecting,
			...launching,
			...paging,
			...linking,
			...approving,
			...receiving,
			...askingRemediator,
			...acting,
			...announcing,
			...beating,
			credentials: (parts: Parts & Services) => (isRemediator ? acting : checking).credentials(parts),
		},
		{ ...partsOf(sources), queue: sources.queue, invoke: sources.invoke, automation: sources.automation },
	);
}
