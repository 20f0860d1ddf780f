import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { findEngine } from "../../../rehearsal/engine/engine.ts";
import { Outcome } from "../../../rehearsal/engine/outcome.ts";
import { Renamed } from "../../../rehearsal/engine/renamed.ts";

const made: string[] = [];
afterEach(() => {
	for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A path on which programs of these names say these texts. */
function pathOf(programs: Readonly<Record<string, string>>): string {
	const folder = mkdtempSync(join(tmpdir(), "runbooks-programs-"));
	made.push(folder);
	for (const [name, says] of Object.entries(programs)) writeFileSync(join(folder, name), `#!/bin/sh\necho ${says}\n`, { mode: 0o755 });
	return [folder, "/bin", "/usr/bin"].join(delimiter);
}

const how = "install Pulumi 3.259 or later (pulumi.com/docs/install) so that pulumi and pulumi-language-nodejs are on the PATH";

test.each([
	["the oldest that is enough", "v3.259.0", { version: "v3.259.0" }],
	["a newer one", "v3.300.1", { version: "v3.300.1" }],
	["a newer major version", "v4.0.0", { version: "v4.0.0" }],
	["one that is too old", "v3.258.9", { missing: `pulumi says that it is version "v3.258.9"; ${how}` }],
	["one that does not say", "", { missing: `pulumi says that it is version ""; ${how}` }],
])("finds %s", (_, version, expected) => {
	expect(findEngine(pathOf({ pulumi: version, "pulumi-language-nodejs": "" }))).toEqual(expected);
});

test.each([
	["pulumi", {}],
	["pulumi-language-nodejs", { pulumi: "v3.260.0" }],
])("says how to get %s", (missing, programs) => {
	expect(findEngine(pathOf(programs))).toEqual({ missing: `no ${missing} on the PATH; ${how}` });
});

test("of one world's names and ids another's are put in, the longest first and each once", () => {
	const renamed = new Renamed();
	renamed.add(
		{ id: "queue-0001", deep: [{ arn: "arn:queue-0001" }], region: "eu" },
		{ id: "arn:queue-0001", deep: [{ arn: "arn:other-2222" }], region: "us" },
	);
	expect(renamed.in({ a: "x queue-0001 y", b: ["arn:queue-0001"], region: "eu", count: 1 })).toEqual({
		a: "x arn:queue-0001 y",
		b: ["arn:other-2222"],
		region: "eu",
		count: 1,
	});
});

test("of the engine's events only what changes something at a provider counts", () => {
	const outcome = new Outcome();
	const event = (op: "same" | "update" | "create", type: string, name: string) => {
		const urn = `urn:pulumi:dev::runbooks::${type}::${name}`;
		outcome.hear({ sequence: 0, timestamp: 0, resourcePreEvent: { metadata: { op, urn, type, provider: "", diffs: ["tags"] } } });
	};
	event("same", "aws:sqs/queue:Queue", "kept");
	event("update", "aws:sqs/queue:Queue", "b");
	event("create", "genesyscloud:index/flow:Flow", "a");
	event("create", "pulumi:pulumi:Stack", "stack");
	event("update", "genesyscloud-runbooks:index:Detector", "part");
	expect(outcome.changes).toEqual(["create a", "update b"]);
	expect(outcome.steps[0]).toEqual({ op: "update", type: "aws:sqs/queue:Queue", name: "b", diffs: ["tags"] });
	expect(outcome.done).toEqual([]);
});
