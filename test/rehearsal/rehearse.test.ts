import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

const impossible = `
name: called-otherwise
why: Nothing happens, and something must.
lasts: 2m
trunks: [{ name: Frankfurt-1 }]
happens: []
must: [{ by: 1m, what: incident-opened }]
`;

test("many rehearsals say at once what is played; a failed one is repeated by the line below it, as it was typed and on its stack", () => {
	const folder = mkdtempSync(join(tmpdir(), "rehearse-"));
	try {
		const path = join(folder, "own.yaml");
		writeFileSync(path, impossible);
		const args = ["--import", "./assert-node.mjs", "rehearsal/rehearse.ts", path, "--stack", "prod", "--seeds", "2", "--latency", "normal"];
		const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
		expect({ status, stderr }).toEqual({ status: 1, stderr: "… playing 2 rehearsals on 1 thread\n" });
		const repeats = stdout.split("\n").filter((line) => line.startsWith("  npm run"));
		expect(repeats).toEqual([1, 2].map((seed) => `  npm run rehearse -- ${path} --stack prod --seed ${seed} --latency normal`));
	} finally {
		rmSync(folder, { recursive: true });
	}
});
