import type { Runbook } from "./runbook.ts";
import { trunkDown } from "./trunkDown.ts";

export type { Runbook } from "./runbook.ts";

/** The set of runbooks, each of which a stack can enable and tune under its name. */
export const runbooks = [trunkDown] as const satisfies readonly Runbook[];

export type RunbookName = (typeof runbooks)[number]["name"];
