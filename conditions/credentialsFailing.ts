import { overseerRunbook } from "./condition.ts";
import { countOf } from "./numbers.ts";

/** The platform is there and refuses us: a configuration failure, not an outage. */
export const credentialsFailing = overseerRunbook({
	name: "credentials-failing",
	why: "A client whose secret, role or setting is wrong does nothing any more: what it watches is unwatched, and what it pages is unpaged, until somebody repairs it.",
	detects:
		"Several polls in a row were refused by a platform that answers (limits.failedPollsToOpen), or another credential was refused twice in a row: each OAuth client and each vendor credential is checked by the overseer four times an hour, and counted whenever work is refused.",
	severity: "critical",
	tells: "Which credential, how often it was refused in a row and why the last time; never the credential itself.",
	entity: { id: "detector", name: "The detector's credentials for Genesys Cloud" },
	measures: ({ failures }) => countOf(failures || undefined, "refusals in a row", "refusal"),
});
