import type { Impact } from "./impact.ts";
import { plain } from "./said.ts";

/** For machines: the same, with each loss in words and whether it is accepted. */
export const impactJson = ({ losses, stacks, ...impact }: Impact, accepted: ReadonlySet<string>) => ({
	...impact,
	verdict: losses.every(({ id }) => accepted.has(id)) ? "covered" : "loss-of-cover",
	losses: losses.map(({ id, reason }) => ({ id, reason: plain(reason), accepted: accepted.has(id) })),
	stacks: stacks.map(({ losses: ownLosses, ...stack }) => ({ ...stack, losses: ownLosses.map(({ id }) => id) })),
});
