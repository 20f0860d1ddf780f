import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Pulumi's command on the path, or why it cannot be used and how to get it. */
export type Engine = { readonly version: string } | { readonly missing: string };

/** The oldest that was tried with the packages of this project. */
const least = [3, 259] as const;
const how = `install Pulumi ${least.join(".")} or later (pulumi.com/docs/install) so that pulumi and pulumi-language-nodejs are on the PATH`;

/** Looks for the engine on a PATH. */
export function findEngine(path: string): Engine {
	const missing = ["pulumi", "pulumi-language-nodejs"].find((program) => !isOn(path, program));
	if (missing !== undefined) return { missing: `no ${missing} on the PATH; ${how}` };
	const { stdout } = spawnSync("pulumi", ["version"], {
		encoding: "utf8",
		env: { ...process.env, PATH: path, PULUMI_SKIP_UPDATE_CHECK: "true" },
		timeout: 60_000,
	});
	const version = stdout?.trim() ?? "";
	if (!isRecent(version)) return { missing: `pulumi says that it is version ${JSON.stringify(version)}; ${how}` };
	return { version };
}

/** Whether a program of that name is in one of the folders of a PATH. */
const isOn = (path: string, program: string): boolean =>
	path.split(delimiter).some((folder) => folder !== "" && existsSync(join(folder, program)));

function isRecent(version: string): boolean {
	const [, major = "", minor = ""] = /^v?(\d+)\.(\d+)\.\d+/.exec(version) ?? [];
	if (major === "") return false;
	return Number(major) > least[0] || (Number(major) === least[0] && Number(minor) >= least[1]);
}
