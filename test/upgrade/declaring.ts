import { pathToFileURL } from "node:url";
import type { StackFile } from "../../rehearsal/scenario/stackFile.ts";
import type { DeclaredResource, Deployment, DeployOptions } from "../../rehearsal/world/deploy.ts";

/** The modules of a clone, whichever release it is: their names and forms are what an upgrade leans on. */
interface Clone {
	readonly deploy: (options: DeployOptions) => Promise<Deployment>;
	readonly parseStackFile: (stack: string, text: string) => StackFile;
}

async function cloneIn(root: string): Promise<Clone> {
	const at = (path: string): string => new URL(path, pathToFileURL(`${root}/`)).href;
	const [world, files]: readonly [Pick<Clone, "deploy">, Pick<Clone, "parseStackFile">] = await Promise.all([
		import(at("rehearsal/world/deploy.ts")),
		import(at("rehearsal/scenario/stackFile.ts")),
	]);
	return { deploy: world.deploy, parseStackFile: files.parseStackFile };
}

/** What the program of a clone declares for a stack file's text. Throws what it throws. */
export async function declaredIn(root: string, stack: string, text: string): Promise<readonly DeclaredResource[]> {
	const { deploy, parseStackFile } = await cloneIn(root);
	const { config, settings } = parseStackFile(stack, text);
	const secrets = Object.fromEntries(settings.secrets.map(({ key }) => [`genesyscloud-runbooks:${key}`, "set"]));
	const { resources } = await deploy({
		stack,
		config: { ...config, ...secrets },
		secretKeys: Object.keys(secrets),
		create: async (resource) => ({ id: `${resource.name}-id`, outputs: computed(resource) }),
	});
	return resources;
}

/** The same for every release, so that only the program differs. */
function computed({ type, name }: DeclaredResource): Readonly<Record<string, unknown>> {
	if (type.startsWith("genesyscloud:"))
		return { clientId: `${name}-client`, clientSecret: "made", integrationCredentialId: `${name}-credential` };
	const [, service = ""] = type.split(/[:/]/);
	return {
		arn: `arn:aws:${service}:region:000000000000:${name}`,
		url: `https://${name}.invalid/`,
		functionUrl: `https://${name}.invalid/`,
	};
}
