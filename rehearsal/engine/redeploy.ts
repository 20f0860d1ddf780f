import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { recallGenerated } from "../../components/genesys/generatedFile.ts";
import type { DeclaredResource, Deployment, deploy } from "../world/deploy.ts";
import { isValues, type Values } from "./marks.ts";
import { Renamed } from "./renamed.ts";

/** A resource as the engine's state has it, secrets in plain text. */
export interface StateResource {
	readonly urn: string;
	readonly type: string;
	readonly custom?: boolean;
	readonly id?: string;
	readonly inputs?: Values;
	readonly outputs?: Values;
}

export interface Redeployed {
	/** In the order of their dependencies, as a state is. */
	readonly resources: readonly StateResource[];
	/** Where the program ran: what it generated is there. */
	readonly folder: string;
	/** Configuration by its full keys: the secrets of the stack. */
	readonly secrets: Readonly<Record<string, string>>;
}

/** Puts what the engine deployed into a world, as it stands in its state: the program does not run. What the first world named or issued has here the name of the new one. */
export function redeploy({ resources: deployed, folder, secrets }: Redeployed): typeof deploy {
	return async ({ config, create }): Promise<Deployment> => {
		const renamed = new Renamed();
		for (const [key, before] of Object.entries(secrets)) renamed.add(before, config[key]);
		const resources: DeclaredResource[] = [];
		const failures: Deployment["failures"][number][] = [];
		for (const { urn, type, id, inputs = {}, outputs = {} } of deployed.filter(isMade)) {
			const name = urn.split("::").at(-1) ?? "";
			const resource = { type, name, inputs: valuesOf(renamed.in(revived(inputs, folder))) };
			resources.push(resource);
			remember(resource.inputs, folder);
			try {
				const made = await create(resource);
				renamed.add(id, made.id);
				renamed.add(revived(outputs, folder), made.outputs);
			} catch (error) {
				failures.push({ resource: name, reason: error instanceof Error ? error.message : String(error) });
			}
		}
		const stack = deployed.find(({ type }) => type === "pulumi:pulumi:Stack");
		return { resources, failures, warnings: [], outputs: renamed.in(revived(stack?.outputs ?? {}, folder)) };
	};
}

const isMade = ({ type, custom }: StateResource): boolean => custom === true && !type.startsWith("pulumi:");

/** A provider reads the file of a flow by its path. */
function remember({ filepath }: Values, folder: string): void {
	if (typeof filepath === "string") recallGenerated(new Map([[filepath, readFileSync(join(folder, filepath), "utf8")]]));
}

const valuesOf = (value: unknown): Values => (isValues(value) ? value : {});

/** As the program handed it over: a secret in the open, archives with the files that they are of. */
function revived(value: unknown, folder: string): unknown {
	if (Array.isArray(value)) return value.map((each) => revived(each, folder));
	if (!isValues(value)) return value;
	if (typeof value.plaintext === "string") return revived(JSON.parse(value.plaintext), folder);
	if ("hash" in value && isValues(value.assets)) return new pulumi.asset.AssetArchive(assetsOf(value.assets, folder));
	return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revived(inner, folder)]));
}

const assetsOf = (assets: Values, folder: string): pulumi.asset.AssetMap =>
	Object.fromEntries(
		Object.entries(assets).map(([name, asset]) => {
			const { path, text } = valuesOf(asset);
			return [name, typeof path === "string" ? new pulumi.asset.FileAsset(join(folder, path)) : new pulumi.asset.StringAsset(String(text))];
		}),
	);
