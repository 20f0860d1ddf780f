import * as z from "zod";
import { emulatedKinds, emulatorOf, vendorSystems } from "../vendors/emulators.ts";
import { secondsIn, spanPattern } from "./spans.ts";

/** A span of time as people write it: `90s`, `3m`, `1m30s`, `1h`; in seconds once it is read. */
export const span = z.string().regex(spanPattern, "expected a span such as 90s, 3m, 1m30s or 1h").transform(secondsIn);

export const at = { at: span.describe("When, from the start of the scenario.") };
export const system = z.enum([...vendorSystems, "genesys"]);
export const wireSystem = z.enum(["genesys", ...vendorSystems, "ledger", "queue"]);

const emulators = emulatedKinds.map(emulatorOf);
const hostsOf = (name: string, hosts: readonly string[]): string => `${hosts.join(" or ")} of ${name}`;
const genesysHosts = ["api", "login"] as const;
export const host = z
	.enum([...new Set([...emulators.flatMap(({ hosts }) => hosts), ...genesysHosts])])
	.optional()
	.describe(
		`One host of the system: ${[...emulators.map(({ name, hosts }) => hostsOf(name, hosts)), hostsOf("Genesys Cloud", genesysHosts)].join(", ")}; all when absent.`,
	);

/** The credentials of vendors, as a scenario names them: one of each, or one of each place. */
export const credentialWords = emulators.map(({ credential: { name, isPerPlace }, place }) =>
	isPerPlace ? `${name}-<${place.setting}>` : name,
);
const clients = ["detector", "launcher", "responder", "remediator", "announcer"];
const owned = emulators.map(({ credential }) => credential);
/** Credentials that are one each, whether anything of a stack uses them or not. */
export const singleCredentials: readonly string[] = [...clients, ...owned.flatMap(({ name, isPerPlace }) => (isPerPlace ? [] : [name]))];
export const client = z.union([
	z.enum(singleCredentials),
	...owned.flatMap(({ name, isPerPlace }) => (isPerPlace ? [z.templateLiteral([`${name}-`, z.string().min(1)])] : [])),
]);

/** Where people answer, at the vendors where they can. */
export const service = z
	.string()
	.describe(
		`Where people answer, as the settings name it: ${emulators.flatMap(({ isAnswered, name, place }) => (isAnswered ? [`the ${place.setting} of ${name}`] : [])).join(", or ")}.`,
	);
export const path = z
	.string()
	.regex(/^\//, "expected a path that begins with /")
	.optional()
	.describe("The beginning of the paths that it touches; all when absent.");

export const again = {
	rounds: z.int().min(2).max(1000).optional().describe("So many times, every so long after the time before; once when absent."),
	every: span.optional().describe("So long after each other; all at once when absent."),
};

export const many = {
	numbers: z
		.tuple([z.int().min(1), z.int().max(1000)])
		.optional()
		.describe("Of numbered trunks, from which number to which; one trunk of this very name when absent."),
	...again,
};

/** What another system tells of, and how. */
export const eventFields = {
	trunk: z.string().optional().describe("One of the organization, or something that Genesys Cloud does not see."),
	queue: z.string().optional().describe("Of a queue, instead of a trunk."),
	format: z
		.enum(["reading", "alertmanager", "cloudwatch", "genesys-alerting", "probe"])
		.default("reading")
		.describe(
			"Our own document, signed; or, where the settings take it: Alertmanager's, Genesys Cloud's alerting's, or that of the README's json mapping `probe`, with a bearer token; or a CloudWatch alarm `<name>-down`, signed by Amazon SNS.",
		),
};

export const isOfOne = ({ trunk, queue }: { readonly trunk?: string | undefined; readonly queue?: string | undefined }): boolean =>
	(trunk === undefined) !== (queue === undefined);
