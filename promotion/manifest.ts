import { createHash } from "node:crypto";
import * as z from "zod";

/** What is no artifact, or is not built from a commit; its message is one that a person can act on. */
export class ArtifactError extends Error {}

/** Beside the files: their digests. */
export const manifestName = "artifact.json";

/** Relative, with `/`, and never upwards: an artifact names nothing outside of itself. */
const relativePath = z.string().regex(/^(?!\/)(?!.*(?:^|\/)\.{1,2}(?:\/|$))[^\\\0]+$/, { error: "a path inside the artifact" });

const manifestSchema = z.strictObject({
	format: z.literal(1),
	version: z.string(),
	/** The commit that it is built from, 40 hexadecimal digits. */
	commit: z.string().regex(/^[0-9a-f]{40}$/, { error: "a commit" }),
	files: z.array(z.strictObject({ path: relativePath, sha256: z.string().regex(/^[0-9a-f]{64}$/), bytes: z.int().min(0) })),
});

/** The one list of what is deployed. Sorted by path, so that equal files give equal text. */
export type Manifest = z.output<typeof manifestSchema>;

export const sha256 = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("hex");

/** The manifest of these files, whatever the order in which they come. */
export function manifestOf(built: Pick<Manifest, "version" | "commit">, files: ReadonlyMap<string, Uint8Array>): Manifest {
	const rows = [...files].map(([path, content]) => ({ path, sha256: sha256(content), bytes: content.byteLength }));
	return {
		format: 1,
		version: built.version,
		commit: built.commit,
		files: rows.toSorted((one, other) => (one.path < other.path ? -1 : 1)),
	};
}

export const manifestText = (manifest: Manifest): string => `${JSON.stringify(manifest, undefined, "\t")}\n`;

/** By which an artifact is called: `sha256:` and the digest of its manifest's text, and so of every file. */
export const digestOf = (text: string): string => `sha256:${sha256(text)}`;

/** Throws ArtifactError for what is no manifest. */
export function readManifest(text: string): Manifest {
	const parsed = manifestSchema.safeParse(parsedJson(text));
	if (!parsed.success) throw new ArtifactError(`Expected ${manifestName} to be a manifest, got ${z.prettifyError(parsed.error)}`);
	const twice = parsed.data.files.find(({ path }, index, all) => all.findIndex((other) => other.path === path) !== index);
	if (twice !== undefined) throw new ArtifactError(`Expected each file once in ${manifestName}, got ${twice.path} twice`);
	return parsed.data;
}

function parsedJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** A digest as it is printed. Throws ArtifactError for anything else. */
export function readDigest(text: string): string {
	if (/^sha256:[0-9a-f]{64}$/.test(text)) return text;
	throw new ArtifactError(`Expected a digest (sha256: and 64 hexadecimal digits), got ${JSON.stringify(text)}`);
}

/** What is otherwise than the manifest says, one sentence each: changed, missing, or not of it. */
export function differences(manifest: Manifest, digests: ReadonlyMap<string, string>): readonly string[] {
	const listed = new Map(manifest.files.map(({ path, sha256 }) => [path, sha256]));
	const wrong = [...listed].flatMap(([path, wanted]) => {
		const got = digests.get(path);
		if (got === undefined) return [`${path}: expected a file, got none`];
		return got === wanted ? [] : [`${path}: expected sha256 ${wanted.slice(0, 12)}…, got ${got.slice(0, 12)}…`];
	});
	const extra = [...digests.keys()].filter((path) => !listed.has(path)).map((path) => `${path}: expected no such file, got one`);
	return [...wrong, ...extra];
}
