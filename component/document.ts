import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import type { SettingsSource } from "../components/settings/settings.ts";
import { settingValue } from "../components/settings/settingValue.ts";
import type { Secrets } from "../components/settings/stackConfiguration.ts";

interface Given {
	readonly settings: string;
	readonly secrets: { readonly [key: string]: pulumi.Input<string> };
}

/** Settings out of a document, and secrets beside it, as the program reads them out of a stack's configuration. Throws a RunError for no document. */
export function documentSource(stack: string, { settings, secrets }: Given): SettingsSource & { readonly secrets: Secrets } {
	const plain = documentOf(settings);
	const twice = Object.keys(plain).filter((key) => key in secrets);
	if (twice.length > 0) throw new pulumi.RunError(`Expected ${twice.join(", ")} among the secrets only, got it in the settings as well`);
	return {
		stack,
		keys: [...Object.keys(plain), ...Object.keys(secrets)],
		// The value of a secret is nobody's business here: that it is there counts.
		get: (key) => (key in secrets ? "given" : settingValue(key, plain[key])),
		isSecret: (key) => key in secrets,
		secrets: (key) => {
			const given = secrets[key];
			if (given === undefined) throw new pulumi.RunError(`Expected the secret ${key}, got none`);
			return pulumi.secret(given);
		},
	};
}

function documentOf(text: string): Readonly<Record<string, unknown>> {
	const document: unknown = parsed(text);
	if (typeof document === "object" && document !== null && !Array.isArray(document)) return Object.fromEntries(Object.entries(document));
	throw new pulumi.RunError("settings: expected a YAML or JSON document with the keys of docs/reference.md, got something else");
}

function parsed(text: string): unknown {
	try {
		return parse(text);
	} catch (error) {
		throw new pulumi.RunError(`settings: expected a YAML or JSON document, got: ${error instanceof Error ? error.message : String(error)}`);
	}
}
