import * as pulumi from "@pulumi/pulumi";
import { withoutStackTraces } from "../../rehearsal/world/stackTraces.ts";

/** One resource as the program declared it; secrets are unwrapped in `inputs` and named in `secretInputs`. */
export interface Declared {
	readonly type: string;
	readonly name: string;
	/** Its parent as `<Type> <name>`, "" for the stack itself. */
	readonly parent: string;
	readonly protect: boolean;
	readonly custom: boolean;
	readonly inputs: Readonly<Record<string, unknown>>;
	readonly secretInputs: readonly string[];
	/** What must exist before it, as `<Type> <name>`. */
	readonly dependencies: readonly string[];
	/** Changes of these properties make a new resource; `*` is any. */
	readonly replaceOnChanges: readonly string[];
}

export interface Declaration {
	readonly resources: readonly Declared[];
	readonly outputs: unknown;
}

export interface Stack {
	/** Keys without namespace; structured values are given as values. */
	readonly config: Readonly<Record<string, unknown>>;
	readonly secretKeys: readonly string[];
	readonly stack?: string;
}

const namespace = "genesyscloud-runbooks";
const secretMark = "4dabf18193072939515e22adb298388d";

/** Runs a program under Pulumi's mocks and waits until every registration has settled. A provider call is an error. */
export async function declared(program: () => Promise<unknown>, { config, secretKeys, stack = "dev" }: Stack): Promise<Declaration> {
	const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
	const all = Object.entries(config).map(([key, value]) => [`${namespace}:${key}`, text(value)]);
	pulumi.runtime.setAllConfig(
		Object.fromEntries(all),
		secretKeys.map((key) => `${namespace}:${key}`),
	);
	const seen: pulumi.runtime.MockResourceArgs[] = [];
	const calls: string[] = [];
	await pulumi.runtime.setMocks(
		{
			newResource: (args) => {
				seen.push(args);
				return { id: `${args.name}-id`, state: { ...args.inputs, ...computed(args) } };
			},
			call: ({ token }) => {
				calls.push(token);
				return {};
			},
		},
		namespace,
		stack,
		false,
	);
	const requests = watchRegistrations();
	const outputs = await withoutStackTraces(async () => {
		const returned = await pulumi.runtime.runInPulumiStack(program);
		await settled(() => seen.length);
		return returned;
	});
	if (calls.length > 0) throw new Error(`Expected no provider call, got ${calls.join(", ")}`);
	const own = seen.filter(({ type }) => type !== stackType);
	const resources = own.map((args): Declared => {
		const request = requests.find((each) => each.getType() === args.type && each.getName() === args.name);
		return {
			type: args.type,
			name: args.name,
			parent: labelOf(request?.getParent() ?? ""),
			protect: request?.getProtect() ?? false,
			custom: args.custom ?? false,
			inputs: Object.fromEntries(Object.entries(args.inputs).map(([key, value]) => [key, plain(value)])),
			secretInputs: Object.entries(args.inputs)
				.filter(([, value]) => hasSecret(value))
				.map(([key]) => key),
			dependencies: (request?.getDependenciesList() ?? []).map(labelOf).toSorted(),
			replaceOnChanges: request?.getReplaceonchangesList() ?? [],
		};
	});
	return { resources, outputs: await resolved(outputs) };
}

const stackType = "pulumi:pulumi:Stack";

/** `<Type> <name>`: what tells two resources apart in this system. */
export const label = (type: string, name: string): string => `${type.split(":").at(-1)} ${name}`;

function labelOf(urn: string): string {
	const [, , type, name = ""] = urn.split("::");
	return type === stackType || type === undefined ? "" : label(type.split("$").at(-1) ?? "", name);
}

interface Request {
	getType(): string;
	getName(): string;
	getParent(): string;
	getProtect(): boolean;
	getDependenciesList(): readonly string[];
	getReplaceonchangesList(): readonly string[];
}

/** The mock's arguments hold neither parent nor protect, the request that carries them does. */
function watchRegistrations(): readonly Request[] {
	const requests: Request[] = [];
	const monitor: unknown = pulumi.runtime.getMonitor();
	if (typeof monitor !== "object" || monitor === null) throw new Error("Expected a mock monitor, got none");
	const original: unknown = Reflect.get(monitor, "registerResource");
	if (typeof original !== "function") throw new Error("Expected the monitor to register resources, got no such method");
	Reflect.set(monitor, "registerResource", (request: Request, callback: unknown) => {
		requests.push(request);
		return original.call(monitor, request, callback);
	});
	return requests;
}

/** What a provider would compute. */
function computed({ type, name, inputs }: pulumi.runtime.MockResourceArgs): Record<string, unknown> {
	const arn = `arn:${type.split("/").at(-1)?.split(":").at(-1)}:${plain(inputs.name) ?? name}`;
	if (type === "genesyscloud:index/oauthClient:OauthClient") {
		return { clientId: `${name}-client`, clientSecret: `${name}-secret-of-client`, integrationCredentialId: `${name}-credential` };
	}
	if (type === "aws:sqs/queue:Queue") return { arn, url: `https://sqs.test/${name}` };
	if (type === "aws:lambda/functionUrl:FunctionUrl") return { functionUrl: `https://${name}.test/` };
	return type.startsWith("aws:") ? { arn } : {};
}

async function settled(count: () => number): Promise<void> {
	for (let [before, quiet] = [-1, 0]; quiet < 3; ) {
		await pulumi.runtime.disconnect();
		await new Promise((resolve) => setImmediate(resolve));
		quiet = count() === before ? quiet + 1 : 0;
		before = count();
	}
}

/** The value without secret wrappers. */
function plain(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(plain);
	if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
	if (secretMark in value) return "value" in value ? plain(value.value) : undefined;
	return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, plain(child)]));
}

function hasSecret(value: unknown): boolean {
	if (typeof value !== "object" || value === null) return false;
	return secretMark in value || Object.values(value).some(hasSecret);
}

async function resolved(value: unknown): Promise<unknown> {
	const output: pulumi.Output<unknown> = pulumi.output(value);
	return new Promise((resolve) => {
		output.apply(resolve);
	});
}
