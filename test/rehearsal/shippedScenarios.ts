import { play } from "../../rehearsal/play.ts";
import { readScenario, scenarioNames } from "../../rehearsal/scenario/read.ts";
import type { Scenario } from "../../rehearsal/scenario/scenario.ts";
import { readStackFile } from "../../rehearsal/scenario/stackFile.ts";
import { deployOnce } from "../../rehearsal/world/deployOnce.ts";
import type { LatencySetting } from "../../rehearsal/world/latency.ts";
import type { OfflineWorld } from "../../rehearsal/world/offlineWorld.ts";

export interface PlayedScenarios {
	readonly played: readonly string[];
	/** What was not met, by scenario. */
	readonly unmet: readonly string[];
	/** Permissions of AWS and Genesys Cloud that were declared, and that no scenario used. */
	readonly unused: readonly string[];
}

/** Plays the shipped scenarios that are chosen on one stack. */
export async function playShipped(
	stack: string,
	latency: LatencySetting,
	isChosen: (scenario: Scenario) => boolean,
): Promise<PlayedScenarios> {
	const [declared, used] = [new Set<string>(), new Set<string>()];
	const chosen = scenarioNames().map(readScenario).filter(isChosen);
	const deploy = deployOnce();
	const unmet: string[] = [];
	for (const scenario of chosen) {
		const { report, world } = await play({ scenario, file: readStackFile(stack), seed: 7, latency, deploy });
		for (const { what, met } of report.expectations) if (!met) unmet.push(`${scenario.name} on ${stack}: ${what}`);
		// A policy of its own declares what its own story need not use.
		if (scenario.settings?.policies !== undefined) continue;
		for (const permission of declaredPermissions(world)) declared.add(permission);
		for (const permission of usedPermissions(world)) used.add(permission);
	}
	return { played: chosen.map(({ name }) => name), unmet, unused: [...declared].filter((each) => !used.has(each)) };
}

type Grant = ReturnType<OfflineWorld["aws"]["grants"]>[number];
const grantText = ({ roleName, action, resource }: Grant): string => `${roleName} ${action} ${resource}`;

/** What the roles of AWS and of Genesys Cloud may do, but for the one that deploys. */
export function declaredPermissions({ aws, genesys }: OfflineWorld): readonly string[] {
	const roles = genesys.world.roles().filter(({ name }) => name !== "Deployer");
	const granted = roles.flatMap(({ name, permissions, permissionPolicies }) => {
		const inDomains = permissionPolicies.flatMap(({ domain, entityName, actionSet }) =>
			actionSet.map((each) => `${domain}:${entityName}:${each}`),
		);
		return [...permissions, ...inDomains].map((permission) => `${name} ${permission}`);
	});
	return [...aws.grants().map(grantText), ...granted];
}

function usedPermissions({ aws, genesys }: OfflineWorld): readonly string[] {
	const grants = aws.grants().filter(({ used }) => used);
	return [...grants.map(grantText), ...genesys.usedPermissions];
}
