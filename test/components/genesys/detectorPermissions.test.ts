import { expect, it } from "vitest";
import { detectorPermissions } from "../../../components/genesys/detectorPermissions.ts";
import type { RuntimeSettings } from "../../../functions/pipeline/settings.ts";
import { unknownPermissions } from "../../../rehearsal/genesyscloud/permissions.ts";

const on = { enabled: true, severity: "high", breachesToOpen: 2, clearsToClose: 3, remediation: "observe" } as const;
const off = { ...on, enabled: false };
const queues = { waitingOver: 1, longestWaitSecondsOver: 1, queues: [] };

const cases: readonly { readonly name: string; readonly runbooks: RuntimeSettings["runbooks"]; readonly permissions: readonly string[] }[] =
	[
		{ name: "nothing enabled", runbooks: { "trunk-down": off, "queue-overflow": { ...off, ...queues } }, permissions: [] },
		{ name: "trunks", runbooks: { "trunk-down": on }, permissions: ["telephony:plugin:all"] },
		{ name: "trunks and edges ask once", runbooks: { "trunk-down": on, "edge-offline": on }, permissions: ["telephony:plugin:all"] },
		{
			name: "queues alone",
			runbooks: { "trunk-down": off, "queue-overflow": { ...on, ...queues } },
			permissions: ["routing:queue:view", "analytics:queueObservation:view"],
		},
	];

it.each(cases)("the detector of a stack with $name may do exactly this", ({ runbooks, permissions }) => {
	expect(detectorPermissions(runbooks)).toEqual(permissions);
	expect(unknownPermissions([...permissions])).toEqual([]);
});
