import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { parts } from "../../../rehearsal/engine/project.ts";

test("a copy of the program holds every file that it is made of", async () => {
	const root = fileURLToPath(new URL("../../..", import.meta.url));
	const { metafile } = await build({
		absWorkingDir: root,
		entryPoints: ["index.ts"],
		bundle: true,
		write: false,
		metafile: true,
		platform: "node",
		format: "esm",
		packages: "external",
		logLevel: "silent",
	});
	const missing = Object.keys(metafile.inputs).filter((path) => !parts.some((part) => path === part || path.startsWith(`${part}/`)));
	expect(missing).toEqual([]);
	expect(Object.keys(metafile.inputs).length).toBeGreaterThan(100);
});
