import { readFileSync } from "node:fs";
import * as z from "zod";
import { namespace } from "../components/settings/secrets.ts";
import { parseStackFile, readStackFile, type StackFile } from "../rehearsal/scenario/stackFile.ts";
import type { ChannelKind } from "../vendors/kinds.ts";
import type { Access } from "./examine.ts";

/** A file that cannot be used; its message is one that a person can act on, and holds nothing of what is in it. */
export class InputFileError extends Error {}

/** The stack's file, or the one that stands for it. */
export const stackFile = (stack: string, path: string | undefined): StackFile =>
	path === undefined ? readStackFile(stack) : parseStackFile(stack, contentOf(path, "a stack's configuration"));

const configuration = z.record(z.string(), z.object({ value: z.string().optional(), secret: z.boolean().optional() }));

/** The secrets of what `pulumi config --show-secrets --json` prints, by their keys without namespace. */
export function secretsIn(path: string): Access["secrets"] {
	const given = parsed(path, configuration, "what pulumi config --show-secrets --json prints");
	const own = Object.entries(given).filter(([key, { secret }]) => key.startsWith(`${namespace}:`) && secret === true);
	return Object.fromEntries(own.flatMap(([key, { value }]) => (value ? [[key.slice(namespace.length + 1), value]] : [])));
}

const address = z.object({ host: z.string(), port: z.number() });
const served = z.object({
	genesys: address.extend({ clientId: z.string(), clientSecret: z.string() }),
	vendors: z.record(z.string(), address.extend({ kind: z.string(), secrets: z.record(z.string(), z.string()) })),
	aws: address.extend({ accessKeyId: z.string(), secretAccessKey: z.string() }),
	ledger: z.object({ endpoint: z.string().regex(/^http:\/\/127\.0\.0\.1:\d+$/) }).optional(),
});
type Served = z.infer<typeof served>;

/** The same access, with everything asked of a served world instead; its own secrets where none are given. */
export function accessToWorld(path: string, { settings, config }: StackFile, access: Access): Access {
	const { genesys, vendors, aws } = parsed(path, served, "what npm run -s world -- --json prints");
	const { clientId, clientSecret } = genesys;
	const domain = settings.runtime.genesys.domain;
	const issued = Object.assign({}, ...Object.values(vendors).map(({ secrets }) => secrets));
	return {
		genesys: { domain, clientId, clientSecret, gateway: origin(genesys), fetch },
		genesysRegion: access.genesysRegion ?? settings.genesys.region,
		secrets: { ...issued, ...access.secrets },
		awsAccounts: access.awsAccounts,
		vendorFetch: (kind) => toServed(vendors, kind),
		aws: {
			region: config["aws:region"] ?? "us-east-1",
			endpoint: origin(aws),
			credentials: { accessKeyId: aws.accessKeyId, secretAccessKey: aws.secretAccessKey },
		},
	};
}

/** Where a served world with AWS has its account and its vendors. */
export function servedPlaces(path: string): { readonly endpoint: string; readonly vendorFetch: Access["vendorFetch"] } {
	const { vendors, ledger } = parsed(path, served, "what npm run -s world -- --with-aws --json prints");
	if (ledger === undefined) throw new InputFileError(`${nameOf(path)}: expected a world that is served --with-aws, got one without`);
	return { endpoint: ledger.endpoint, vendorFetch: (kind) => toServed(vendors, kind) };
}

const origin = ({ host, port }: z.infer<typeof address>): string => `http://${host}:${port}`;

/** Under the name of the vendor's own host, because its region is a part of that. */
function toServed(vendors: Served["vendors"], kind: ChannelKind): typeof fetch {
	const vendor = Object.values(vendors).find((each) => each.kind === kind);
	return async (input, init) => {
		if (vendor === undefined) throw new TypeError("fetch failed", { cause: Object.assign(new Error("not served"), { code: "ENOTFOUND" }) });
		const { host, pathname, search } = new URL(input instanceof Request ? input.url : input);
		const headers = new Headers(init?.headers);
		headers.set("x-forwarded-host", host);
		return fetch(`${origin(vendor)}${pathname}${search}`, { ...init, headers });
	};
}

function parsed<T>(path: string, schema: z.ZodType<T>, expected: string): T {
	const content = contentOf(path, expected);
	let json: unknown;
	try {
		json = JSON.parse(content);
	} catch {
		throw new InputFileError(`${nameOf(path)}: expected ${expected}, got no JSON`);
	}
	const result = schema.safeParse(json);
	if (result.success) return result.data;
	throw new InputFileError(
		`${nameOf(path)}: expected ${expected}, got another form at ${result.error.issues[0]?.path.join(".") || "its top"}`,
	);
}

function contentOf(path: string, expected: string): string {
	try {
		return readFileSync(path === "-" ? 0 : path, "utf8");
	} catch {
		throw new InputFileError(`${nameOf(path)}: expected ${expected}, got nothing that can be read`);
	}
}

const nameOf = (path: string): string => (path === "-" ? "standard input" : path);
