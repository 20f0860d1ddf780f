import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const folder = fileURLToPath(new URL("../architect", import.meta.url));

// Below node_modules Node takes JavaScript only.
rmSync(`${folder}/build`, { recursive: true, force: true });
await build({
	absWorkingDir: folder,
	entryPoints: { index: "index.ts", genesysArchitect: "../commands/genesysArchitect.ts" },
	outdir: "build",
	bundle: true,
	splitting: true,
	format: "esm",
	platform: "node",
	target: "node22",
	packages: "external",
	charset: "utf8",
	// Of the commands that are bundled none is the one that was started.
	define: { "import.meta.main": "false" },
	logLevel: "warning",
});
