import { type GenericSchema, getDotPath, safeParse } from "valibot";
import { EdgeError, type Journal } from "../../pipeline/ports.ts";
import type { ReadSecret, SecretVersion } from "../aws/secretCache.ts";
import type { Credentials, OtherDocument } from "./documents.ts";

export interface SecretDocument<T> {
	readonly readSecret: ReadSecret;
	readonly journal: Journal;
	/** Its ARN or its name in Secrets Manager. */
	readonly secretId: () => string;
	/** As it is called in the journal and in errors. */
	readonly name: string;
	readonly schema: GenericSchema<unknown, T>;
	/** The refused documents of which the journal was told, by their names: each once in an execution environment. */
	readonly told: Map<string, string>;
}

/**
 * The documents of one secret, each checked as it is read: the current one, and what is valid beside it. One that was taken in place of a refused one
 * stays in hand until the secret is read again, so that not every call is refused once. Throws EdgeError "misconfigured".
 */
export function secretDocument<T>(secret: SecretDocument<T>): Credentials<T> {
	const { readSecret, secretId, name, journal, told } = secret;
	let last: unknown;
	let preferred: { readonly insteadOf: unknown; readonly document: T } | undefined;
	const current = async (anew?: boolean): Promise<T> => {
		const raw = await readSecret(secretId(), anew);
		last = raw;
		return preferred !== undefined && preferred.insteadOf === raw ? preferred.document : checked(secret, raw);
	};
	return Object.assign(current, {
		others: {
			read: async () => [...(await other(secret, "next")), ...(await other(secret, "previous"))],
			taken: ({ version, document }: OtherDocument<T>, refused: EdgeError) => {
				preferred = { insteadOf: last, document };
				const dead = JSON.stringify(last);
				if (told.get(name) !== dead) journal.log({ what: "credential-switched", outcome: version, detail: `${name}: ${refused.message}` });
				told.set(name, dead);
			},
		},
	});
}

/** Every document that is valid now: of what others sign with, or show. The one that signs comes first. Throws EdgeError of the current one. */
export async function validDocuments<T>(secret: SecretDocument<T>): Promise<readonly T[]> {
	const current = checked(secret, await secret.readSecret(secret.secretId()));
	return [current, ...(await other(secret, "next")).map(({ document }) => document)];
}

/** What cannot be read, or is malformed, is not there: the current one is what has to be right. */
async function other<T>(secret: SecretDocument<T>, version: Exclude<SecretVersion, "current">): Promise<readonly OtherDocument<T>[]> {
	try {
		const raw = await secret.readSecret(secret.secretId(), false, version);
		return raw === undefined ? [] : [{ version, document: checked(secret, raw) }];
	} catch (error) {
		if (error instanceof EdgeError) return [];
		throw error;
	}
}

function checked<T>({ schema, secretId, name }: SecretDocument<T>, raw: unknown): T {
	const result = safeParse(schema, raw);
	if (result.success) return result.output;
	// Their messages quote what was found: a secret.
	const problems = result.issues.map((issue) => `${getDotPath(issue) ?? "(document)"} (${issue.type})`);
	throw new EdgeError("misconfigured", `secret ${secretId()}: expected the document of ${name}, got problems at ${problems.join(", ")}`, {
		retry: false,
	});
}
