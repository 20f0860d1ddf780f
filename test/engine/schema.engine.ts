import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bridgeVersion, parameterization } from "../../sdks/genesyscloud/package.ts";
import { compareWithSchema, type PackageSchema } from "../sdks/compareSchema.ts";

const folder = new URL("../../sdks/genesyscloud/", import.meta.url);
const { version } = parameterization.remote;

/** What the bridge tells of the provider: the engine fetches both. */
function schemaOfProvider(): PackageSchema {
	const home = mkdtempSync(join(tmpdir(), "runbooks-schema-"));
	try {
		const args = ["package", "get-schema", `terraform-provider@${bridgeVersion}`, "mypurecloud/genesyscloud", version];
		const env = { ...process.env, PULUMI_HOME: home, PULUMI_SKIP_UPDATE_CHECK: "true" };
		return JSON.parse(execFileSync("pulumi", args, { encoding: "utf8", env, cwd: home, maxBuffer: 1 << 28 }));
	} finally {
		rmSync(home, { recursive: true, force: true });
	}
}

test("the thin classes are what the bridge tells of the provider, type by type and property by property", () => {
	const schema = schemaOfProvider();
	const classes = readdirSync(folder).filter((name) => name.endsWith(".ts") && name !== "index.ts" && name !== "package.ts");
	expect(classes).toHaveLength(parameterization.includes.length);
	expect(classes.flatMap((name) => compareWithSchema(readFileSync(new URL(name, folder), "utf8"), schema, []))).toEqual([]);
});
