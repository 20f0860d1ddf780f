import * as module from "node:module";

// Plain JavaScript, so that it also runs (and speaks) on a Node that cannot run TypeScript: every script preloads it.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
	console.error(
		`Expected Node 22.18 or later (24 is installed by "npm ci" as node_modules/.bin/node), got ${process.versions.node} at ${process.execPath}. Run it as an npm script: "npm run …" finds the right one.`,
	);
	process.exit(2);
}
// Node keeps what it compiled in the folder for temporary files: the next start takes half the time.
module.enableCompileCache?.();
