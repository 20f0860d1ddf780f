/** The platform's limits on a workflow and its runs. */

/** Actions of one run before the platform ends it (help.mypurecloud.com faqs/how-many-actions-can-i-run-in-a-flow). */
export const mostActions = 10_000;
/**
 * Bytes of one flow: a constant of the vendor's Architect SDK. Whether the server holds to it, and how large a YAML becomes in the form that it
 * is stored in, is not known.
 */
export const mostFlowBytes = 6_165_627;
/** Seconds of one run: the Wait action "disconnects after 72 hours" (help.mypurecloud.com articles/wait-action). */
export const longestRunSeconds = 72 * 3600;
/** A callData without a timeout of its own waits for the data action's, which is this at most. */
export const longestCallSeconds = 60;
/** The cases of a switch. */
export const switchCases = { least: 1, most: 64 } as const;
