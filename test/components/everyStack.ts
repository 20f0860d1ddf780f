import { namespace } from "../../components/settings/secrets.ts";
import program from "../../index.ts";
import { readStackFile, type StackFile, withSettings } from "../../rehearsal/scenario/stackFile.ts";
import { remedied } from "../aws/stories.ts";
import { type Declaration, declared } from "./declared.ts";
import { redisSettings } from "./redisStack.ts";

/** Everything that a stack may have and need not, on the settings of dev. */
const everything: Readonly<Record<string, unknown>> = {
	...remedied.settings,
	events: { topics: { trunks: {} } },
	activeIncidents: { table: true },
};

/** The stacks of this repository, one that has everything, and one that keeps its ledger elsewhere. */
export const everyStack: Readonly<Record<"dev" | "prod" | "everything" | "redis", () => StackFile>> = {
	dev: () => readStackFile("dev"),
	prod: () => readStackFile("prod"),
	everything: () => withSettings(readStackFile("dev"), everything),
	redis: () => withSettings(readStackFile("dev"), { ledger: { redis: redisSettings } }),
};

/** What the program declares for a stack whose secrets are all set. */
export function declaredFor({ stack, config, settings }: StackFile): Promise<Declaration> {
	const own = Object.entries(config).filter(([key]) => key.startsWith(`${namespace}:`));
	const plain = Object.fromEntries(own.map(([key, value]) => [key.slice(namespace.length + 1), value]));
	const secretKeys = settings.secrets.map(({ key }) => key);
	const secrets = Object.fromEntries(secretKeys.map((key) => [key, `PLANTED-${key}`]));
	return declared(program, { config: { ...plain, ...secrets }, secretKeys, stack });
}
