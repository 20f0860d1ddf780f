import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome"];

/** What to say where there is none: how to get it. */
export const noChromium = `no Chromium on the PATH (${names.join(", ")}); on Debian "apt-get install chromium" installs it`;

/** The first Chromium on a search path, such as `PATH`; undefined where there is none. */
export function findChromium(searchPath: string): string | undefined {
	const folders = searchPath.split(delimiter).filter((folder) => folder !== "");
	return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
}

function isProgram(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return statSync(path).isFile();
	} catch {
		return false;
	}
}
