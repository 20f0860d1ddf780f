import type { Suite } from "../suite.ts";
import { alertmanager } from "./alertmanager.ts";
import { campaign } from "./campaign.ts";
import { functionStart } from "./functionStart.ts";
import { poll } from "./poll.ts";
import { rehearsal } from "./rehearsal.ts";
import { storm } from "./storm.ts";

/** Every suite, in the order of the document. */
export const suites: readonly Suite[] = [rehearsal, campaign, poll, storm, functionStart, alertmanager];
