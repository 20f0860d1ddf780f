/**
 * How far a vendor's clock may be behind ours for a page to be proven all the same. The dedup key holds occurrence and tier, so that no older page
 * has it: the time only guards against a key that was used before this system.
 */
export const clockToleranceSeconds = 300;
export const clockToleranceMilliseconds = clockToleranceSeconds * 1000;
