import { intruder } from "../drawTelling.ts";
import type { Facts } from "../facts.ts";
import type { Violation } from "../violation.ts";
import { isOwnAnswer, nameOf } from "./story.ts";

/** Answers of somebody who never gave one. */
export function forged({ stories }: Facts): readonly Violation[] {
	return stories.flatMap((story) =>
		story.events
			.filter((event) => isOwnAnswer(event) && event.detail?.includes(intruder) === true)
			.map(({ atSeconds }) => ({ atSeconds, what: `${nameOf(story)}: acknowledged by a forged webhook` })),
	);
}
