/**
 * The list of runbooks, a line each. A file of this folder is one runbook: its words, its settings, what it looks at and may read, its rule, its
 * summary, what explains it. Everything else is folded over this list by `runbooks.ts`: settings, schemas, types, permissions, the README's table.
 *
 * The folder is as pure as `functions/pipeline`: it imports only itself and, of the pipeline, the words and rules below any condition
 * (`model/words.ts`; `detect/` sources, snapshot, trunks, gauges and score). The pipeline imports `runbooks.ts`, so no import goes round in a circle.
 */
export { credentialsFailing } from "./credentialsFailing.ts";
export { detectorSilent } from "./detectorSilent.ts";
export { drill } from "./drill.ts";
export { drillFailed } from "./drillFailed.ts";
export { edgeOffline } from "./edgeOffline.ts";
export { platformUnreachable } from "./platformUnreachable.ts";
export { queueOverflow } from "./queueOverflow.ts";
export { trunkDegraded } from "./trunkDegraded.ts";
export { trunkDown } from "./trunkDown.ts";
