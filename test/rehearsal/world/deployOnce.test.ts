import { expect, test } from "vitest";
import { readStackFile } from "../../../rehearsal/scenario/stackFile.ts";
import { type Deployment, deploy, type Tamper } from "../../../rehearsal/world/deploy.ts";
import { deployOnce } from "../../../rehearsal/world/deployOnce.ts";
import { createOfflineWorld } from "../../../rehearsal/world/offlineWorld.ts";

const world = { file: readStackFile("dev"), seed: 1, trunks: [{ name: "Frankfurt-1", edges: 2 }] };

/** A permission that Genesys Cloud does not know. */
const misspelt: Tamper = (resource) =>
	resource.type === "genesyscloud:index/authRole:AuthRole" && resource.name.includes("detector")
		? { ...resource, inputs: { ...resource.inputs, permissions: ["telephony:plugin:everything"] } }
		: resource;

/** What does not need each other comes in any order. */
const byName = ({ resources }: Deployment) => new Map(resources.map((resource) => [`${resource.type} ${resource.name}`, resource.inputs]));

test("what the world refuses is a failure, and so is all that needs it, whether the program was run before or not", async () => {
	const once = deployOnce();
	await createOfflineWorld({ ...world, deploy: once });
	const [again, plain] = [
		await createOfflineWorld({ ...world, tamper: misspelt, deploy: once }),
		await createOfflineWorld({ ...world, tamper: misspelt, deploy }),
	];
	expect(plain.deployment.failures[0]?.reason).toContain("telephony:plugin:everything");
	expect(again.deployment.failures).toEqual(plain.deployment.failures);
	expect(byName(again.deployment)).toEqual(byName(plain.deployment));
	expect(again.troubles).toEqual(plain.troubles);
});
