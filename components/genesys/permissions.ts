import { type WatchedPermission, watchedRunbooks } from "../../conditions/runbooks.ts";
import { type RemedyPermission, remedyKinds } from "../../remedies/kinds.ts";

/** What the system asks for besides its runbooks and remedies. */
const own = [
	"architect:flow:launch",
	"architect:flowExecution:view",
	"architect:datatableRow:view",
	"architect:datatableRow:add",
	"architect:datatableRow:edit",
	"architect:datatableRow:delete",
] as const;

/** Every permission that this system ever asks for, as the vendor's SDK documentation names them; the provider would accept a misspelt one. */
export type Permission = WatchedPermission | (typeof own)[number] | RemedyPermission;

/** All of them. */
export const knownPermissions: ReadonlySet<string> = new Set<Permission>([
	...own,
	...watchedRunbooks.flatMap(({ permissions }) => permissions),
	...remedyKinds.flatMap(({ needs }) => needs.permissions ?? []),
]);
