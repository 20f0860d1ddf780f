import { build, type Metafile } from "esbuild";

/**
 * What files pull in once bundled: every package and every file outside the folders that they may reach, also through a neighbour.
 * Sees values only (types are erased); throws esbuild's error when an import cannot be found.
 */
export async function reachViolations(root: string, folders: readonly string[], entries: readonly string[], packages: readonly string[]) {
	const { metafile } = await build({
		absWorkingDir: root,
		entryPoints: [...entries],
		outdir: "unused",
		bundle: true,
		write: false,
		metafile: true,
		platform: "node",
		format: "esm",
		packages: "external",
		logLevel: "silent",
	});
	return [...outsideFiles(metafile, folders), ...externals(metafile, packages)].toSorted();
}

function outsideFiles(metafile: Metafile, folders: readonly string[]): string[] {
	return Object.keys(metafile.inputs).filter((path) => !folders.some((folder) => path.startsWith(`${folder}/`)));
}

function externals(metafile: Metafile, packages: readonly string[]): string[] {
	const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
	return [...new Set(imports.filter(({ external, path }) => external && !packages.includes(path)).map(({ path }) => path))];
}
