import { mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import automation from "@pulumi/pulumi/automation/index.js";
import { namespace } from "../../components/settings/secrets.ts";
import type { StackFile } from "../scenario/stackFile.ts";
import { accountVariable } from "./awsProcess.ts";
import { type ProjectCopy, packagedPrograms, standIns } from "./project.ts";

/** What a stack is deployed with. */
export interface StackOptions {
	readonly project: ProjectCopy;
	readonly file: StackFile;
	/** By their keys in the project's namespace. */
	readonly secrets: Readonly<Record<string, string>>;
	/** Where Genesys Cloud is, and who deploys there. */
	readonly genesys: { readonly host: string; readonly port: number; readonly clientId: string; readonly clientSecret: string };
	/** The address of the account in which the stand-in for AWS makes what it is asked for. */
	readonly awsUrl: string;
	/** Whether the real provider of Genesys Cloud is used; its stand-in otherwise. */
	readonly realGenesys: boolean;
	readonly path: string;
}

/** Opens a stack on a file backend in the project's home: nothing is asked, nothing leaves this machine but what a real provider fetches. */
export async function openStack(options: StackOptions): Promise<Stack> {
	const { project, file, secrets, genesys } = options;
	mkdirSync(stateIn(project), { recursive: true });
	const envVars = environmentOf(options);
	const stack = await automation.LocalWorkspace.createOrSelectStack(
		{ stackName: file.stack, workDir: project.folder },
		{ envVars, pulumiHome: project.home },
	);
	const plain = Object.entries(file.config).map(([key, value]) => [key, { value }]);
	const hidden = Object.entries(secrets).map(([key, value]) => [`${namespace}:${key}`, { value, secret: true }]);
	const gateways = JSON.stringify([{ host: genesys.host, port: String(genesys.port), protocol: "http" }]);
	await stack.setAllConfig({
		...Object.fromEntries([...plain, ...hidden]),
		"genesyscloud:gateways": { value: gateways },
		"genesyscloud:tokenPoolSize": { value: "1" },
		"genesyscloud:customRetryTimeout": { value: "0s" },
	});
	return stack;
}

/** Where the backend keeps its files. */
export const stateIn = ({ home }: ProjectCopy): string => join(home, "state");

type Surroundings = Omit<StackOptions, "file" | "secrets">;

/** For whoever runs the engine on the same stack. */
export const visitorsEnvironment = (options: Omit<Surroundings, "realGenesys">): Record<string, string> => ({
	...environmentOf({ ...options, realGenesys: false }),
	PULUMI_HOME: options.project.home,
});

/** Of the engine and of all that it starts. */
function environmentOf({ project, genesys, awsUrl, realGenesys, path }: Surroundings): Record<string, string> {
	const first = [packagedPrograms, standIns.aws, ...(realGenesys ? [] : [standIns.genesyscloud])];
	return {
		PATH: [...first, path].join(delimiter),
		PULUMI_BACKEND_URL: `file://${stateIn(project)}`,
		PULUMI_CONFIG_PASSPHRASE: "rehearsal",
		PULUMI_SKIP_UPDATE_CHECK: "true",
		PULUMI_SUPPRESS_NEO_LINK: "true",
		// The stand-ins are on the path: nothing is fetched.
		...(realGenesys ? {} : { PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true" }),
		[accountVariable]: awsUrl,
		GENESYSCLOUD_OAUTHCLIENT_ID: genesys.clientId,
		GENESYSCLOUD_OAUTHCLIENT_SECRET: genesys.clientSecret,
	};
}
