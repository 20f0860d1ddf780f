/** The platform's limits on a workflow and its runs. */

/** Actions of one run before the platform ends it (help.mypurecloud.com faqs/how-many-actions-can-i-run-in-a-flow). */
export const mostActions = 10_000;
/** Seconds of one run: the Wait action "disconnects after 72 hours" (help.mypurecloud.com articles/wait-action). */
export const longestRunSeconds = 72 * 3600;
/** A callData without a timeout of its own waits for the data action's, which is this at most. */
export const longestCallSeconds = 60;
/** The cases of a switch. */
export const switchCases = { least: 1, most: 64 } as const;
