import { circleViolations } from "./cycles.ts";
import { escapeViolations, postponedViolations, unrunTestViolations } from "./escapes.ts";
import type { SourceFile, Violation } from "./files.ts";
import { lockFileViolations, machinePathViolations, packageHostViolations, scriptViolations } from "./origins.ts";
import { purityViolations } from "./purity.ts";
import { componentViolations, handlerViolations, lengthViolations, nameViolations } from "./shape.ts";
import { vendorViolations } from "./vendors.ts";
import { wallViolations } from "./walls.ts";

export const guards = {
	walls: wallViolations,
	circles: circleViolations,
	purity: purityViolations,
	escapes: escapeViolations,
	"tests that run": unrunTestViolations,
	"nothing postponed": postponedViolations,
	names: nameViolations,
	"file length": lengthViolations,
	"handler length": handlerViolations,
	"registered outputs": componentViolations,
	"machine paths": machinePathViolations,
	"package hosts": packageHostViolations,
	"lock file": lockFileViolations,
	scripts: scriptViolations,
	"vendors by their traits": vendorViolations,
} as const satisfies Record<string, (files: readonly SourceFile[]) => readonly Violation[]>;

type GuardName = keyof typeof guards;

/** A small repository that breaks no rule. */
export const clean: readonly SourceFile[] = [
	file("package.json", '{ "scripts": { "rehearse": "node --import ./assert-node.mjs rehearsal/rehearse.ts", "lint": "biome check ." } }'),
	file("package-lock.json", '{ "packages": { "node_modules/yaml": { "version": "2.9.1" } } }'),
	file("architect/yaml.ts", 'import { parse } from "yaml";\nimport type { Flow } from "./model.ts";\n'),
	file("architect/model.ts", "export interface Flow {}\n"),
	file("functions/pipeline/run.ts", 'export * from "./incident.ts";\nexport const at = (now: number) => new Date(now).toISOString();\n'),
	file(
		"functions/pipeline/ports.ts",
		"// Date.now() and process.env belong to the edges\nexport interface Web { fetch(url: string): void }\n",
	),
	file("functions/schemas/reading.ts", 'import * as z from "zod";\nimport type { Reading } from "../pipeline/incident.ts";\n'),
	file("functions/edges/aws/sqs.ts", 'import { SQSClient } from "@aws-sdk/client-sqs";\nconst startedAt = Date.now();\n'),
	file("functions/poller.ts", 'import { sqsQueue } from "./edges/aws/sqs.ts";\nimport { run } from "./pipeline/run.ts";\n'),
	file(
		"components/watch.ts",
		'import * as aws from "@pulumi/aws";\nimport type { Incident } from "../functions/pipeline/model/incident.ts";\n',
	),
	file("rehearsal/serve.ts", 'import { sqsQueue } from "../functions/edges/aws/sqs.ts";\nimport program from "../index.ts";\n'),
	file("test/rehearsal/world/servedWorld.test.ts", 'import "../../../rehearsal/serve.ts";\nit("says: it.skip( is refused", () => {});\n'),
];

interface Breakage {
	readonly breakage: string;
	readonly path: string;
	readonly text: string;
	readonly caughtBy: readonly GuardName[];
	readonly line?: number;
}

const pure = "functions/pipeline/rule.ts";

export const lines = (count: number) => "export {};\n".repeat(count);

export const component = (body: string) =>
	`export class Watch extends pulumi.ComponentResource {\n\tconstructor() {\n\t\t${body}\n\t}\n}\n`;

/** In its first line. */
const throughWall = (breakage: string, path: string, text: string): Breakage => ({ breakage, path, text, caughtBy: ["walls"], line: 1 });

export const breakages: readonly Breakage[] = [
	// Every form of an import, from the pure folder.
	{ breakage: "a value import of a package", path: pure, text: 'import { z } from "zod";', caughtBy: ["walls"], line: 1 },
	{
		breakage: "a type import of a package",
		path: pure,
		text: '\nimport type { A } from "@aws-sdk/client-sqs";',
		caughtBy: ["walls"],
		line: 2,
	},
	{ breakage: "an inline type import", path: pure, text: 'type A = import("../edges/aws/sqs.ts").A;', caughtBy: ["walls"], line: 1 },
	{ breakage: "an import for its effect", path: pure, text: 'import "../edges/aws/sqs.ts";', caughtBy: ["walls"], line: 1 },
	{ breakage: "an export from elsewhere", path: pure, text: 'export * from "../edges/aws/sqs.ts";', caughtBy: ["walls"], line: 1 },
	{ breakage: "a dynamic import", path: pure, text: 'await import("node:fs");', caughtBy: ["walls"], line: 1 },
	{ breakage: "a computed dynamic import", path: pure, text: 'await import("node:" + name);', caughtBy: ["walls"], line: 1 },
	{ breakage: "a require", path: pure, text: 'const fs = require("node:fs");', caughtBy: ["walls", "purity"], line: 1 },
	{ breakage: "a types directive", path: pure, text: '/// <reference types="node" />', caughtBy: ["walls"], line: 1 },
	{ breakage: "a detour through the folder", path: pure, text: 'import "./../edges/aws/sqs.ts";', caughtBy: ["walls"], line: 1 },
	// Every wall.
	throughWall("a command imports a component", "commands/a.ts", 'import "../components/system.ts";'),
	throughWall("a command plays stories", "commands/a.ts", 'import "../rehearsal/play.ts";'),
	throughWall("the doctor builds a component", "doctor/a.ts", 'import "../components/prepare.ts";'),
	throughWall("the doctor plays stories", "doctor/a.ts", 'import "../rehearsal/play.ts";'),
	throughWall("a judgement asks", "doctor/aws/judge.ts", 'import { STSClient } from "@aws-sdk/client-sts";'),
	throughWall("architect imports Node", "architect/a.ts", 'import "node:fs";'),
	{
		breakage: "architect imports the pipeline",
		path: "architect/a.ts",
		text: 'import "../functions/pipeline/run.ts";',
		caughtBy: ["walls"],
	},
	{
		breakage: "architect imports a neighbour of like name",
		path: "architect/a.ts",
		text: 'import "../architecture/a.ts";',
		caughtBy: ["walls"],
	},
	{ breakage: "a schema imports the AWS SDK", path: "functions/schemas/a.ts", text: 'import "@aws-sdk/client-sqs";', caughtBy: ["walls"] },
	{
		breakage: "a component imports an edge",
		path: "components/a.ts",
		text: 'import "../functions/edges/aws/sqs.ts";',
		caughtBy: ["walls"],
	},
	{ breakage: "a component imports a handler", path: "components/a.ts", text: 'import "../functions/poller.ts";', caughtBy: ["walls"] },
	{ breakage: "a handler imports a handler", path: "functions/ledger.ts", text: 'import "./poller.ts";', caughtBy: ["walls"] },
	{
		breakage: "the program imports the rehearsal",
		path: "index.ts",
		text: 'import "./rehearsal/serve.ts";',
		caughtBy: ["circles", "walls"],
	},
	{
		breakage: "an edge imports the rehearsal",
		path: "functions/edges/a.ts",
		text: 'import type {} from "../../rehearsal/a.ts";',
		caughtBy: ["walls"],
	},
	{ breakage: "a condition imports a test", path: "conditions/a.ts", text: 'import "../test/a.ts";', caughtBy: ["walls"] },
	{
		breakage: "a condition imports what is folded over all of them",
		path: "conditions/a.ts",
		text: 'import type {} from "../functions/pipeline/model/incident.ts";',
		caughtBy: ["walls"],
	},
	{ breakage: "a condition imports a package", path: "conditions/a.ts", text: 'import "zod";', caughtBy: ["walls"] },
	{ breakage: "a condition reads the clock", path: "conditions/a.ts", text: "const now = Date.now();", caughtBy: ["purity"], line: 1 },
	{ breakage: "an import by absolute address", path: "conditions/a.ts", text: 'import "file:../a.ts";', caughtBy: ["walls"] },
	// Circles.
	{
		breakage: "a circle of types alone",
		path: "architect/model.ts",
		text: '\nimport type { parse } from "./yaml.ts";',
		caughtBy: ["circles"],
		line: 2,
	},
	{
		breakage: "a circle through an export",
		path: "architect/model.ts",
		text: 'export * from "./yaml.ts";',
		caughtBy: ["circles"],
		line: 1,
	},
	{
		breakage: "a circle by an inline type import",
		path: "architect/model.ts",
		text: 'export type A = import("./yaml.ts").A;',
		caughtBy: ["circles"],
		line: 1,
	},
	{ breakage: "a file that imports itself", path: "sdks/a.ts", text: 'import {} from "./a.ts";', caughtBy: ["circles"], line: 1 },
	// Reading the world without an import.
	{ breakage: "the clock", path: pure, text: "const now = Date.now();", caughtBy: ["purity"], line: 1 },
	{ breakage: "the clock, by a constructor", path: pure, text: "const now = new Date();", caughtBy: ["purity"], line: 1 },
	{ breakage: "the clock, by a call", path: pure, text: "const now = Date();", caughtBy: ["purity"], line: 1 },
	{ breakage: "the clock, by a string", path: pure, text: 'const now = Date["now"]();', caughtBy: ["purity"], line: 1 },
	{ breakage: "chance", path: "architect/a.ts", text: "const a = `${Math.random()}`;", caughtBy: ["purity"], line: 1 },
	{ breakage: "a random identifier", path: pure, text: "const id = crypto.randomUUID();", caughtBy: ["purity"], line: 1 },
	{ breakage: "the environment", path: pure, text: "const stage = process.env.STAGE;", caughtBy: ["purity"], line: 1 },
	{ breakage: "the network", path: pure, text: "await fetch(url);", caughtBy: ["purity"], line: 1 },
	{ breakage: "a timer", path: pure, text: "setTimeout(tick, 1000);", caughtBy: ["purity"], line: 1 },
	{ breakage: "the console", path: pure, text: 'console.log("a");', caughtBy: ["purity"], line: 1 },
	{ breakage: "the global object", path: pure, text: 'globalThis["fetch"](url);', caughtBy: ["purity"], line: 1 },
	{ breakage: "the module's own address", path: pure, text: "const here = import.meta.url;", caughtBy: ["purity"], line: 1 },
	{
		breakage: "the pipeline imports an edge, vendors allowed",
		path: pure,
		text: 'import "../../vendors/../functions/edges/a.ts";',
		caughtBy: ["walls"],
	},
	{ breakage: "a vendor imports the pipeline", path: "vendors/a.ts", text: 'import "../functions/pipeline/run.ts";', caughtBy: ["walls"] },
	{
		breakage: "an emulator reads its vendor's description",
		path: "rehearsal/vendors/a.ts",
		text: 'import { sms } from "../../vendors/sms.ts";',
		caughtBy: ["walls"],
	},
	{ breakage: "a vendor reads the clock", path: "vendors/a.ts", text: "const now = Date.now();", caughtBy: ["purity"] },
	// Asking which vendor it is.
	...['page.kind === "sms"', '"pagerduty" != kind', "kind !== `sms`"].map(
		(text): Breakage => ({ breakage: text, path: pure, text: `const a = ${text};`, caughtBy: ["vendors by their traits"], line: 1 }),
	),
	{
		breakage: "a switch over vendors",
		path: "components/a.ts",
		text: 'switch (kind) {\n\tcase "sms":\n}',
		caughtBy: ["vendors by their traits"],
		line: 2,
	},
	// Looking away.
	{ breakage: "an annotation with any", path: "index.ts", text: "let a: any;", caughtBy: ["escapes"], line: 1 },
	{ breakage: "a cast to any", path: "index.ts", text: "\nf(a as any);", caughtBy: ["escapes"], line: 2 },
	{ breakage: "any as a type argument", path: "test/a.test.ts", text: "f<any>(a);", caughtBy: ["escapes"], line: 1 },
	{ breakage: "a cast through unknown", path: "index.ts", text: "f(a as unknown as B);", caughtBy: ["escapes"], line: 1 },
	{ breakage: "a cast through unknown, in brackets", path: "index.ts", text: "f((a as unknown) as B);", caughtBy: ["escapes"], line: 1 },
	...["ignore", "expect-error", "nocheck"].map(
		(word): Breakage => ({ breakage: `ts-${word}`, path: "index.ts", text: `// @ts-${word} why`, caughtBy: ["escapes"], line: 1 }),
	),
	...["lint/style/noX", "lint/style/noX:", "lint/style/noX: */"].map(
		(rest): Breakage => ({
			breakage: `a suppression without a reason (${rest})`,
			path: "index.ts",
			text: `/* biome-${"ignore"} ${rest}`,
			caughtBy: ["escapes"],
			line: 1,
		}),
	),
	...[
		"it.skip",
		"describe.only",
		"test.todo",
		"it.skipIf(a)",
		"it.runIf(a)",
		"it.fails",
		"it.only.each([1])",
		"describe.concurrent.skip",
	].map(
		(call): Breakage => ({
			breakage: call,
			path: "test/a.test.ts",
			text: `${call}("a", () => {});`,
			caughtBy: ["tests that run"],
			line: 1,
		}),
	),
	...["TO", "FIX"].map((start): Breakage => {
		const word = `${start}${start === "TO" ? "DO" : "ME"}`;
		return { breakage: word, path: "docs/a.md", text: `# A\n${word}: later`, caughtBy: ["nothing postponed"], line: 2 };
	}),
	// Shape.
	...[
		"components/utils/a.ts",
		"functions/edges/helpers.ts",
		"shared/a.md",
		"docs/misc.md",
		"architect/Common.ts",
		"rehearsal/dateUtils.ts",
	].map((path): Breakage => ({ breakage: `the name ${path}`, path, text: "export {};\n", caughtBy: ["names"] })),
	{ breakage: "a file of 301 lines", path: "sdks/a.ts", text: lines(301), caughtBy: ["file length"] },
	{ breakage: "a test of 301 lines", path: "test/a.test.ts", text: lines(301), caughtBy: ["file length"] },
	{ breakage: "a handler of 41 lines", path: "functions/ledger.ts", text: lines(41), caughtBy: ["handler length"] },
	{
		breakage: "a component without outputs",
		path: "components/a.ts",
		text: component("super();"),
		caughtBy: ["registered outputs"],
		line: 1,
	},
	{
		breakage: "a component that only mentions its outputs",
		path: "components/a.ts",
		text: component("super(); // this.registerOutputs()"),
		caughtBy: ["registered outputs"],
	},
	// Origins.
	{ breakage: "a home folder", path: "docs/a.md", text: "\nrun `/home/jo/bin/node`", caughtBy: ["machine paths"], line: 2 },
	{ breakage: "a work folder", path: "test/a.test.ts", text: 'const a = "/work/main";', caughtBy: ["machine paths"], line: 1 },
	{ breakage: "a Windows folder", path: "docs/a.md", text: "C:\\Users\\jo", caughtBy: ["machine paths"], line: 1 },
	{ breakage: "a file address", path: "docs/a.md", text: "see file:///etc/hosts", caughtBy: ["machine paths"], line: 1 },
	{ breakage: "a registry's host", path: "docs/a.md", text: "https://registry.npmjs.org/yaml", caughtBy: ["package hosts"], line: 1 },
	{
		breakage: "a registry's setting",
		path: ".npmrc",
		text: "save-exact=true\nregistry=https://example.com",
		caughtBy: ["package hosts"],
		line: 2,
	},
	{ breakage: "an address in the lock file", path: "package-lock.json", text: '{\n"resolved": "a"}', caughtBy: ["lock file"], line: 2 },
	{
		breakage: "an address like the workspace",
		path: "package-lock.json",
		text: '"resolved": "architect/a"',
		caughtBy: ["lock file"],
		line: 1,
	},
	...["node a.ts", "tsc && node a.ts", "A=1 node a.ts", "node --import ./other.mjs a.ts", "tsx a.ts"].map(
		(script): Breakage => ({
			breakage: `the script "${script}"`,
			path: "package.json",
			text: JSON.stringify({ scripts: { a: script } }),
			caughtBy: ["scripts"],
		}),
	),
];

export function file(path: string, text: string): SourceFile {
	return { path, text };
}
