import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	ArtifactError,
	differences,
	digestOf,
	manifestOf,
	manifestText,
	readDigest,
	readManifest,
	sha256,
} from "../../promotion/manifest.ts";
import { refuseOtherwiseMade, runningArtifact } from "../../promotion/running.ts";

const built = { version: "0.1.0", commit: "0123456789abcdef0123456789abcdef01234567" };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const files = new Map([
	["index.ts", bytes("program")],
	["build/functions/poller.mjs", bytes("bundle")],
]);
const manifest = manifestOf(built, files);
const digests = (changed: Readonly<Record<string, string | undefined>> = {}): ReadonlyMap<string, string> => {
	const now = { ...Object.fromEntries([...files].map(([path, content]) => [path, sha256(content)])), ...changed };
	return new Map(Object.entries(now).flatMap(([path, digest]) => (digest === undefined ? [] : [[path, digest]])));
};

describe("a manifest", () => {
	test("is the same text for the same files, in whatever order they come", () => {
		const paths = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 1, maxLength: 8 });
		fc.assert(
			fc.property(paths, (names) => {
				const rows = names.map((name) => [name, bytes(name)] as const);
				expect(manifestText(manifestOf(built, new Map(rows.toReversed())))).toBe(manifestText(manifestOf(built, new Map(rows))));
			}),
		);
	});

	test("is read back as it was written", () => expect(readManifest(manifestText(manifest))).toEqual(manifest));

	test.each([
		["another commit", { ...built, commit: "f".repeat(40) }, files],
		["another version", { ...built, version: "0.1.1" }, files],
		["a file more", built, new Map([...files, ["x", bytes("")]])],
		["a file less", built, new Map([...files].slice(1))],
		["other content", built, new Map([...files, ["index.ts", bytes("Program")]])],
		["another name", built, new Map([...files].map(([path, content]) => [`${path}x`, content]))],
	])("has another digest for %s", (_, from, of) => {
		expect(digestOf(manifestText(manifestOf(from, of)))).not.toBe(digestOf(manifestText(manifest)));
	});

	test.each([
		["no JSON", "{"],
		["nothing", "null"],
		["another format", JSON.stringify({ ...manifest, format: 2 })],
		["a field more", JSON.stringify({ ...manifest, signed: true })],
		["no commit", JSON.stringify({ ...manifest, commit: "main" })],
		["a path upwards", JSON.stringify({ ...manifest, files: [{ path: "../x", sha256: "0".repeat(64), bytes: 0 }] })],
		["a path upwards inside", JSON.stringify({ ...manifest, files: [{ path: "a/../../x", sha256: "0".repeat(64), bytes: 0 }] })],
		["an absolute path", JSON.stringify({ ...manifest, files: [{ path: "/etc/x", sha256: "0".repeat(64), bytes: 0 }] })],
		["a path of another system", JSON.stringify({ ...manifest, files: [{ path: "a\\b", sha256: "0".repeat(64), bytes: 0 }] })],
		["a file twice", JSON.stringify({ ...manifest, files: [...manifest.files, ...manifest.files] })],
	])("is refused with %s", (_, text) => expect(() => readManifest(text)).toThrow(ArtifactError));
});

describe("what is verified", () => {
	test("is what the manifest lists", () => expect(differences(manifest, digests())).toEqual([]));

	test.each([
		["a tampered file", { "index.ts": sha256("other") }, "index.ts: expected sha256 "],
		["a missing file", { "build/functions/poller.mjs": undefined }, "build/functions/poller.mjs: expected a file, got none"],
		["an extra file", { "functions/more.ts": sha256("") }, "functions/more.ts: expected no such file, got one"],
		["a link in the place of a file", { "index.ts": "no file" }, "index.ts: expected sha256 "],
	])("is not %s", (_, changed, said) => {
		expect(differences(manifest, digests(changed))).toEqual([expect.stringContaining(said)]);
	});

	test.each([
		"",
		"none",
		"sha256:",
		`sha256:${"0".repeat(63)}`,
		`sha1:${"0".repeat(64)}`,
		`sha256:${"A".repeat(64)}`,
		`sha256:${"0".repeat(64)}\n`,
	])("is never found by %j", (digest) => expect(() => readDigest(digest)).toThrow("Expected a digest"));
});

describe("a program that runs", () => {
	test("out of a clone has no artifact", () => expect(runningArtifact(new URL("../../", import.meta.url))).toBeUndefined());

	test("out of an artifact makes what was built, or declares nothing", () => {
		const running = { digest: "sha256:1", manifest };
		expect(() => refuseOtherwiseMade(running, new Map([["build/functions/poller.mjs", "bundle"]]))).not.toThrow();
		expect(() => refuseOtherwiseMade(running, new Map([["build/functions/poller.mjs", "other"]]))).toThrow(
			"got something else in build/functions/poller.mjs",
		);
		expect(() => refuseOtherwiseMade(running, new Map([["build/flows/new/response.yaml", "bundle"]]))).toThrow(
			"build/flows/new/response.yaml",
		);
	});
});
