import { createHash } from "node:crypto";
import { plainValues, unknownText, type Values } from "../../engine/marks.ts";
import { changedKeys, type Existing, type Plugin } from "../../engine/plugin.ts";
import { createProvider, type Provider, ProviderError } from "../genesyscloud.ts";
import { textOf } from "./api.ts";
import { asFound } from "./drift.ts";
import { addressOf } from "./gateway.ts";

export interface GenesysPluginOptions {
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly readFile: (path: string) => Promise<string>;
}

const flow = "genesyscloud:index/flow:Flow";

/** A stand-in for the bridged `mypurecloud/genesyscloud`, which makes that provider's calls at the configured gateway. */
export function genesysPlugin({ env, readFile }: GenesysPluginOptions): Plugin {
	let configured: Provider | undefined;
	const provider = (): Provider => configured ?? unconfigured();
	const know = (existing: Existing): Existing => {
		provider().adopt(existing.type, existing.name, { id: existing.id, outputs: plainValues(existing.outputs) });
		return existing;
	};
	const outputsOf = (type: string, inputs: Values, outputs: Values): Values => ({
		...Object.fromEntries(
			provider()
				.computed(type)
				.map((key) => [key, outputs[key]]),
		),
		...inputs,
	});
	return {
		version: "1.1.3",
		parameterize: (value) => {
			const { remote } = JSON.parse(Buffer.from(value).toString());
			return { name: "genesyscloud", version: String(remote.version) };
		},
		configure: async (settings) => {
			const base = addressOf(settings);
			const [clientId = "", clientSecret = ""] = [env.GENESYSCLOUD_OAUTHCLIENT_ID, env.GENESYSCLOUD_OAUTHCLIENT_SECRET];
			const made = createProvider({ fetch, apiBase: base, loginBase: base, clientId, clientSecret, readFile });
			await made.configure();
			configured = made;
		},
		check: () => [],
		diff: async (before, after) => {
			const [old, now] = [plainValues(before.inputs), plainValues(after)];
			const changed = [...changedKeys(old, now), ...(await otherFile(before, now, readFile))];
			return { changed, replacing: provider().replaces(before.type, old, now), deletesFirst: false };
		},
		foreseen: ({ type, inputs }) => ({
			...Object.fromEntries(
				provider()
					.computed(type)
					.map((key) => [key, unknownText]),
			),
			...inputs,
		}),
		create: async ({ type, name, inputs }) => {
			const { id, outputs } = await provider().create(type, name, plainValues(inputs));
			return { id, outputs: outputsOf(type, inputs, outputs) };
		},
		read: async (known) => {
			const found = await provider().read(known.type, know(known).id);
			if (found === undefined) return undefined;
			const inputs = asFound(known.inputs, found.outputs);
			return { id: found.id, inputs, outputs: outputsOf(known.type, inputs, { ...known.outputs, ...found.outputs }) };
		},
		update: async (before, after) => {
			const { outputs } = await provider().update(before.type, know(before).id, plainValues(after));
			return outputsOf(before.type, after, outputs);
		},
		delete: (known) => remove(provider(), know(known)),
		invoke: (token) => {
			throw new Error(`expected no function to be called, got ${token}`);
		},
	};
}

const unconfigured = (): never => {
	throw new Error("expected to be configured first");
};

/** The file of a flow may be another under the same path. */
async function otherFile({ type, outputs }: Existing, { filepath }: Values, readFile: GenesysPluginOptions["readFile"]) {
	if (type !== flow) return [];
	const hash = createHash("sha256")
		.update(await readFile(textOf(filepath)))
		.digest("hex");
	return hash === outputs.fileContentHash ? [] : ["fileContentHash"];
}

/** What is gone already is as good as deleted. */
async function remove(provider: Provider, { type, id }: Existing): Promise<void> {
	try {
		await provider.delete(type, id);
	} catch (error) {
		if (!(error instanceof ProviderError && error.status === 404)) throw error;
	}
}
