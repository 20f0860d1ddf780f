import { generatedTexts, recallGenerated } from "../../components/genesys/generatedFile.ts";
import { type DeclaredResource, type Deployment, type DeployOptions, deploy } from "./deploy.ts";

/** One resource that was made, and what the world added to it: resources after it are made of that. */
interface Made {
	readonly resource: DeclaredResource;
	readonly answer: string;
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
 * same order, without the program: nearly all the time of a deployment. A resource that is changed on the way is changed here as well, and one
 * that the world refuses is a failure here as well. Throws Error where the world answers otherwise than before: the resources that follow would
 * not be the program's.
 */
export function deployOnce(): typeof deploy {
	const known = new Map<string, Promise<Known>>();
	return async (options) => {
		const key = JSON.stringify([options.stack, options.config]);
		const before = known.get(key);
		if (before !== undefined) return repeat(await before, options);
		if (options.tamper !== undefined) return deploy(options);
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
		made.push({ resource, answer: answerOf(resource, created) });
		return created;
	};
	const deployment = await deploy({ ...options, create });
	return { deployment, made, generated: generatedTexts() };
}

/** Its id and what else is computed; inputs come back as outputs. */
function answerOf({ inputs }: DeclaredResource, { id, outputs }: Awaited<ReturnType<DeployOptions["create"]>>): string {
	return JSON.stringify([id, Object.entries(outputs).filter(([name]) => !Object.hasOwn(inputs, name))]);
}

async function repeat({ made, generated, deployment }: Known, options: DeployOptions): Promise<Deployment> {
	const { create, tamper = (resource) => resource } = options;
	const wanted = made.map(({ resource, answer }) => ({ name: resource.name, answer, resource: tamper(resource) }));
	// What follows a resource that is left out is another one: only the program knows it.
	if (wanted.some(({ resource }) => resource === undefined)) return deploy(options);
	recallGenerated(generated);
	const resources: DeclaredResource[] = [];
	const done = new Map<string, Created>();
	for (const { name, answer, resource } of wanted) {
		if (resource === undefined) continue;
		resources.push(resource);
		const created = create(resource);
		done.set(placeOf(resource), created);
		try {
			const got = answerOf(resource, await created);
			if (got !== answer) throw new OtherAnswer(`${name}: expected the answer ${answer} as in the first deployment, got ${got}`);
		} catch (error) {
			if (error instanceof OtherAnswer) throw error;
			return goOn(options, done);
		}
	}
	return { ...deployment, resources };
}

type Created = ReturnType<DeployOptions["create"]>;

/** The world is another one than before. */
class OtherAnswer extends Error {}

const placeOf = ({ type, name }: DeclaredResource): string => `${type} ${name}`;

/** What follows a resource that the world refused is another one, too: the program says it, and what is made already is not made again. */
const goOn = (options: DeployOptions, done: ReadonlyMap<string, Created>): Promise<Deployment> =>
	deploy({ ...options, create: (resource) => done.get(placeOf(resource)) ?? options.create(resource) });
