import { namespace } from "../../components/settings/secrets.ts";
import type { StackFile } from "../scenario/stackFile.ts";
import { type DeclaredResource, deploy } from "./deploy.ts";

/** What the program declares for a stack: nothing is made anywhere. Throws what the program throws. */
export async function declare({ stack, config, settings }: StackFile): Promise<readonly DeclaredResource[]> {
	const secrets = Object.fromEntries(settings.secrets.map(({ key }) => [`${namespace}:${key}`, "set"]));
	const { resources } = await deploy({
		stack,
		config: { ...config, ...secrets },
		secretKeys: Object.keys(secrets),
		create: async (resource) => ({ id: `${resource.name}-id`, outputs: computed(resource) }),
	});
	return resources;
}

/** What a provider would compute, as far as the program looks at it. */
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
