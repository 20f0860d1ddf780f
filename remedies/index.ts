/**
 * The list of remedies, a line each. A file of this folder is one kind of remedy: its settings, what it needs, how it is done and undone.
 * Everything else is folded over this list by `kinds.ts`: settings, schemas, types, permissions, secrets, what the remediator does.
 */
export { emergencyGroup } from "./emergencyGroup.ts";
export { ssm } from "./ssm.ts";
export { webhook } from "./webhook.ts";
