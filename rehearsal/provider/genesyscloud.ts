import { readFile } from "node:fs/promises";
import { Api, type ApiOptions, type Body, ProviderError } from "./genesyscloud/api.ts";
import { architectDatatable } from "./genesyscloud/architectDatatable.ts";
import { authRole } from "./genesyscloud/authRole.ts";
import { flow } from "./genesyscloud/flow.ts";
import { integration } from "./genesyscloud/integration.ts";
import { integrationAction } from "./genesyscloud/integrationAction.ts";
import { integrationCredential } from "./genesyscloud/integrationCredential.ts";
import { oauthClient } from "./genesyscloud/oauthClient.ts";
import type { Created, ResourceType, Session } from "./genesyscloud/resource.ts";

export { ProviderError } from "./genesyscloud/api.ts";

/** The resource types that the provider's stand-in serves, by Pulumi token. */
const resourceTypes = {
	"genesyscloud:index/architectDatatable:ArchitectDatatable": architectDatatable,
	"genesyscloud:index/authRole:AuthRole": authRole,
	"genesyscloud:index/oauthClient:OauthClient": oauthClient,
	"genesyscloud:index/integrationCredential:IntegrationCredential": integrationCredential,
	"genesyscloud:index/integration:Integration": integration,
	"genesyscloud:index/integrationAction:IntegrationAction": integrationAction,
	"genesyscloud:index/flow:Flow": flow,
} as const satisfies Record<string, ResourceType>;

const types: Readonly<Record<string, ResourceType>> = resourceTypes;

export interface ProviderOptions extends ApiOptions {
	/** Of a flow's file; default: from the disk, relative to the working directory. */
	readonly readFile?: (path: string) => Promise<string>;
}

export interface Resource {
	readonly id: string;
	/** Every property of the resource, inputs and computed. */
	readonly outputs: Readonly<Record<string, unknown>>;
}

/** A stand-in for `mypurecloud/genesyscloud`: the same calls in the same order, for the resource types in use. Inputs are resolved and plain. */
export interface Provider {
	/** What the provider does before anything else, in a preview too. */
	configure(): Promise<void>;
	/** `name` is the resource's name in the program: errors carry it. */
	create(type: string, name: string, inputs: Body): Promise<Resource>;
	/** Takes in what another run of the provider made, as it left it. */
	adopt(type: string, name: string, { id, outputs }: Resource): void;
	/** As the API tells it now; undefined when it is gone. */
	read(type: string, id: string): Promise<Resource | undefined>;
	/** Throws where the change needs a replacement: see `replaces`. */
	update(type: string, id: string, inputs: Body): Promise<Resource>;
	delete(type: string, id: string): Promise<void>;
	/** The inputs whose change means a new resource. */
	replaces(type: string, before: Body, after: Body): readonly string[];
	/** The outputs that only the API knows. */
	computed(type: string): readonly string[];
}

interface Known {
	readonly label: string;
	readonly state: Body;
}

/** Errors are `ProviderError`: status, the vendor's code and message, the resource's name. */
export function createProvider(options: ProviderOptions): Provider {
	const session: Session = {
		api: new Api(options),
		clientSecrets: new Map(),
		readFile: options.readFile ?? ((path) => readFile(path, "utf8")),
	};
	const known = new Map<string, Known>();
	const remember = (type: string, label: string, inputs: Body, { id, computed }: Created): Resource => {
		const outputs = { ...inputs, ...computed, [typeOf(type).idProperty]: id };
		known.set(`${type} ${id}`, { label, state: outputs });
		return { id, outputs };
	};
	const recall = (type: string, id: string): Known => known.get(`${type} ${id}`) ?? { label: `${shortName(type)} ${id}`, state: {} };
	return {
		configure: () => configure(session.api),
		create: async (type, name, inputs) => {
			const label = `${shortName(type)} "${name}"`;
			return remember(type, label, inputs, await typeOf(type).create(session, label, inputs));
		},
		adopt: (type, name, { id, outputs }) => {
			if (!known.has(`${type} ${id}`)) known.set(`${type} ${id}`, { label: `${shortName(type)} "${name}"`, state: outputs });
		},
		read: (type, id) => readResource(session, type, id, recall(type, id).label),
		update: async (type, id, inputs) => {
			const { label, state } = recall(type, id);
			const replacing = known.has(`${type} ${id}`) ? changed(type, state, inputs) : [];
			if (replacing.length > 0) throw new Error(`${label}: a change of ${replacing.join(", ")} needs a replacement`);
			return remember(type, label, inputs, await typeOf(type).update(session, label, id, inputs, state));
		},
		delete: async (type, id) => {
			const { label, state } = recall(type, id);
			await typeOf(type).remove(session, label, id, state);
			known.delete(`${type} ${id}`);
		},
		replaces: changed,
		computed: (type) => [typeOf(type).idProperty, ...(typeOf(type).computes ?? [])],
	};
}

/** One token of its own and one for each place of its pool (here one), then the two reads that it depends on. */
async function configure(api: Api): Promise<void> {
	await api.login();
	await api.login();
	const organization = await api.call("provider", "GET", "/organizations/me");
	if (typeof organization.defaultCountryCode !== "string")
		throw new Error("provider: expected organizations/me to have a defaultCountryCode");
	const products = await api.call("provider", "GET", "/authorization/products");
	if (typeof products.total !== "number") throw new Error("provider: expected authorization/products to have a total");
}

async function readResource(session: Session, type: string, id: string, label: string): Promise<Resource | undefined> {
	try {
		const properties = await typeOf(type).read(session, label, id);
		return { id, outputs: { ...properties, [typeOf(type).idProperty]: id } };
	} catch (error) {
		if (error instanceof ProviderError && error.status === 404) return undefined;
		throw error;
	}
}

function changed(type: string, before: Body, after: Body): readonly string[] {
	return typeOf(type).replaceOn.filter((key) => before[key] !== after[key]);
}

function typeOf(type: string): ResourceType {
	const found = types[type];
	if (found === undefined) throw new Error(`expected one of ${Object.keys(types).join(", ")}, got ${type}`);
	return found;
}

function shortName(type: string): string {
	return type.split(":").at(-1) ?? type;
}
