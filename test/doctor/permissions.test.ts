import { readFileSync } from "node:fs";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { covers, judgePermissions } from "../../doctor/genesys/judge.ts";
import { deployerPermissions, type NeededPermission, needsOf } from "../../doctor/needs.ts";
import { failure } from "../../functions/edges/http/http.ts";
import { unknownPermissions } from "../../rehearsal/genesyscloud/permissions.ts";
import { parseStackFile, readStackFile } from "../../rehearsal/scenario/stackFile.ts";
import { declare } from "../../rehearsal/world/declare.ts";
import * as sdk from "../../sdks/genesyscloud/index.ts";
import { examined, failing } from "./examined.ts";
import { patient, stackText } from "./patient.ts";

let needed: readonly NeededPermission[] = [];
const ended: (() => void)[] = [];

beforeAll(async () => {
	const file = parseStackFile("dev", stackText());
	needed = needsOf(await declare(file), file.settings.runtime, undefined).permissions;
});

afterEach(() => {
	for (const end of ended.splice(0)) end();
});

async function examinedWithout(...missing: readonly string[]) {
	const permissions = needed.map(({ permission }) => permission).filter((permission) => !missing.includes(permission));
	const ill = await patient({ permissions });
	ended.push(ill.end);
	return examined(ill);
}

describe("a deployer", () => {
	test("that holds exactly what is asked for lacks nothing", async () => {
		expect(failing(await examinedWithout())).toEqual([]);
	});

	test.each([
		{ missing: "architect:flow:publish", users: "for Flow" },
		{ missing: "architect:flow:launch", users: "for launcher" },
		{ missing: "telephony:plugin:all", users: "for detector, responder" },
		{ missing: "routing:queue:view", users: "for detector" },
	])("without $missing: exactly that line fails, and says for whom it is", async ({ missing, users }) => {
		const found = failing(await examinedWithout(missing));
		expect(found).toEqual([
			{
				id: `genesys.permission.${missing}`,
				group: "Genesys Cloud",
				what: missing,
				verdict: "does-not-hold",
				why: users,
				remedy: "Add it to a role of the deployer's client.",
			},
		]);
	});

	test("that cannot read roles: that one fails, and of the others nothing is said", async () => {
		const findings = await examinedWithout("authorization:role:view");
		expect(failing(findings).map(({ id }) => id)).toEqual(["genesys.permission.authorization:role:view"]);
		const others = findings.filter(({ id, verdict }) => id.startsWith("genesys.permission.") && verdict === "not-checked");
		expect(others).toHaveLength(needed.length - 1);
		expect(others[0]?.why).toBe("its roles cannot be read without authorization:role:view");
	});
});

test("roles that could not be read for another reason settle nothing", () => {
	const unread = { unread: failure("timeout", "Genesys Cloud: expected an answer, got none") };
	const verdicts = judgePermissions([{ permission: "authorization:role:view", for: ["AuthRole"] }], unread, "runbooks-dev");
	expect(verdicts.map(({ verdict, why }) => [verdict, why])).toEqual([["not-checked", "Genesys Cloud: expected an answer, got none"]]);
});

test.each([
	["architect:flow:view", true],
	["architect:flow:*", true],
	["architect:*:*", true],
	["architect:*", true],
	["*:*:*", true],
	["architect:flow:edit", false],
	["architect:job:*", false],
	["architect", false],
	["architect:flow", false],
	["*:flow:edit", false],
])("%s covers architect:flow:view: %s", (held, does) => {
	expect(covers([held], "architect:flow:view")).toBe(does);
});

test("every type of resource that the program can declare has its permissions, of which the vendor knows each", () => {
	expect(Object.keys(deployerPermissions).toSorted()).toEqual(Object.keys(sdk).toSorted());
	expect(unknownPermissions(Object.values(deployerPermissions).flat())).toEqual([]);
});

test("the README asks for the deployer what the dev stack needs, no more and no less", async () => {
	const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
	const [, step = ""] = /\*\*A deployer in Genesys Cloud\.\*\*([\s\S]*?)with a remedy/.exec(readme) ?? [];
	const asked = [...step.matchAll(/`([a-z]+:[A-Za-z]+):(?:\{([a-zA-Z,]+)\}|([A-Za-z]+|\*))`/g)].flatMap(([, entity, several, one = ""]) =>
		(several?.split(",") ?? (one === "*" ? ["view", "add", "edit", "delete"] : [one])).map((action) => `${entity}:${action}`),
	);
	const file = readStackFile("dev");
	const { permissions } = needsOf(await declare(file), file.settings.runtime, undefined);
	expect(asked.toSorted()).toEqual(permissions.map(({ permission }) => permission));
});
