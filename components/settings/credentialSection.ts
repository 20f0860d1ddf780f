import * as z from "zod";
import { section, whole } from "../../functions/schemas/builders.ts";

/** What a stack says of one credential. */
export const credentialSection = section({
	expiresOn: z.iso
		.date({ error: 'a date in quotes such as "2027-03-01"' })
		.exactOptional()
		.describe("The last day on which it is valid: people are told fourteen days before."),
	generation: whole(1, 9999, "generations")
		.exactOptional()
		.describe(
			"Of a client of Genesys Cloud only: which one is in use; another number makes another client with another secret. 1 when absent.",
		),
	keepsPrevious: z
		.boolean({ error: "true or false" })
		.exactOptional()
		.describe(
			"Of a client of Genesys Cloud only: whether the client of the generation before stays beside it, for the time of a rotation.",
		),
});
