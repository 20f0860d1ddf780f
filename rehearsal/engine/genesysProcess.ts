import { readFile } from "node:fs/promises";
import { genesysPlugin } from "../provider/genesyscloud/plugin.ts";
import { servePlugin } from "./serve.ts";

/** Serves the stand-in for the bridged provider until it is ended, and prints its port, which is all that the engine reads. */
export async function serveGenesys(): Promise<void> {
	const { port } = await servePlugin(genesysPlugin({ env: process.env, readFile: (path) => readFile(path, "utf8") }));
	console.log(port);
}
