import type { Budget } from "../functions/pipeline/ports.ts";

/** A person decides to run the doctor, and it asks each thing once. */
export const openBudget: Budget = { take: async () => {}, acquireUpTo: async (_name, _perMinute, { wanted }) => wanted };
