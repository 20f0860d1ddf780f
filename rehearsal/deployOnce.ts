import { generatedTexts, recallGenerated } from "../components/generatedFile.ts";
import { type DeclaredResource, type Deployment, type DeployOptions, deploy } from "./deploy.ts";

/** One resource that was made, and the id that the world gave it. */
interface Made {
	readonly resource: DeclaredResource;
	readonly id: string;
}

interface Known {
	readonly made: readonly Made[];
	/** The files that the program generated, by path. */
	readonly generated: ReadonlyMap<string, string>;
	readonly deployment: Deployment;
}

/** A program with other settings may be as large as the first: more of them than this are run again. */
const keptDeployments = 64;

/**
 * A `deploy` that runs the program once for each stack and configuration. Another world of the same settings gets the same resources in the
 * same order, without the program: nearly all the time of a deployment. Throws Error where the world gives a resource another id than before.
 */
export function deployOnce(): typeof deploy {
	const known = new Map<string, Promise<Known>>();
	return async (options) => {
		if (options.tamper !== undefined) return deploy(options);
		const key = JSON.stringify([options.stack, options.config]);
		const before = known.get(key);
		if (before !== undefined) return repeat(await before, options);
		const first = recorded(options);
		if (known.size >= keptDeployments) known.delete([...known.keys()][0] ?? "");
		known.set(key, first);
		return (await first).deployment;
	};
}

async function recorded(options: DeployOptions): Promise<Known> {
	const made: Made[] = [];
	const create: DeployOptions["create"] = async (resource) => {
		const created = await options.create(resource);
		made.push({ resource, id: created.id });
		return created;
	};
	const deployment = await deploy({ ...options, create });
	return { deployment, made, generated: generatedTexts() };
}

async function repeat({ made, generated, deployment }: Known, { create }: DeployOptions): Promise<Deployment> {
	recallGenerated(generated);
	for (const { resource, id } of made) {
		const created = await create(resource);
		if (created.id !== id) throw new Error(`${resource.name}: expected the id ${id} as in the first deployment, got ${created.id}`);
	}
	return deployment;
}
