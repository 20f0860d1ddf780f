import { linesMatching, type SourceFile, type Violation } from "./files.ts";

// A path of somebody's machine: at its start stands neither a word, a dot nor a slash (those make it a part of an address).
const machinePath =
	/(?<![\w.\-~/}])\/(?:home|root|Users|work|mnt|srv|tmp|var\/folders)\/[\w.@-]+|\b[A-Z]:\\(?:Users|work|temp)\b|file:\/\/\/\w/i;
// The host of provider plugins (registry.opentofu.org) is an address that the program itself needs and is not meant here.
const packageHost =
	/\bregistry\.(?:npmjs|yarnpkg|npmmirror)\.\w+|\bnpm\.pkg\.github\.com|\bpypi\.org\/simple|\bproxy\.golang\.org|\bartifactory\b|\bverdaccio\b|\bcodeartifact\b|^\s*(?:@[\w-]+:)?registry\s*=/i;
// Its own patterns and examples stand in this folder.
const guards = "test/architecture";

/** Absolute paths of a machine, in any text file. */
export function machinePathViolations(files: readonly SourceFile[]): readonly Violation[] {
	return files.filter(isNoGuard).flatMap((file) => linesMatching(file, machinePath, "a path relative to the repository"));
}

/** Hosts of package registries, in any text file: where packages come from is the machine's own setting. */
export function packageHostViolations(files: readonly SourceFile[]): readonly Violation[] {
	return files.filter(isNoGuard).flatMap((file) => linesMatching(file, packageHost, "no package registry's address"));
}

/** Lock files that say where a package came from: npm writes that as `resolved`, also for the workspace, which is a folder of this repository. */
export function lockFileViolations(files: readonly SourceFile[]): readonly Violation[] {
	return files
		.filter(({ path }) => /(?:^|\/)package-lock\.json$/.test(path))
		.flatMap((file) =>
			linesMatching(file, /"resolved"\s*:(?!\s*"architect",?$)/, "a lock file without addresses (omit-lockfile-registry-resolved)"),
		);
}

/** Scripts of package.json that start Node without the version check. */
export function scriptViolations(files: readonly SourceFile[]): readonly Violation[] {
	const manifest = files.find(({ path }) => path === "package.json");
	if (!manifest) return [{ path: "package.json", message: "expected a package.json, got none" }];
	return Object.entries(scriptsOf(manifest.text)).flatMap(([name, script]) =>
		commandsOf(script)
			.filter((command) => /^(?:node|tsx|ts-node)\s/.test(command) && !/^node --import \.\/assert-node\.mjs\s/.test(command))
			.map((command) => ({
				path: manifest.path,
				message: `expected "node --import ./assert-node.mjs …" in the script ${name}, got "${command}"`,
			})),
	);
}

function isNoGuard({ path }: SourceFile): boolean {
	return !path.startsWith(guards);
}

function scriptsOf(manifest: string): Record<string, string> {
	const parsed: { readonly scripts?: Record<string, string> } = JSON.parse(manifest);
	return parsed.scripts ?? {};
}

function commandsOf(script: string): string[] {
	return script.split(/&&|\|\||[;|&]/).map((command) => command.trim().replace(/^(?:\w+=\S+\s+)+/, ""));
}
