import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeFailure } from "../../../rehearsal/campaign/failurePage.ts";
import { incident, page, seconds } from "../../functions/pipeline/fixtures.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
let folder = "";
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), "report-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const script = (file: string, ...args: readonly string[]) => {
	const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "./assert-node.mjs", `rehearsal/${file}`, ...args], {
		cwd: root,
		encoding: "utf8",
		// Nobody's own credentials, and no question to a machine that might have some.
		env: { PATH: process.env.PATH, COLUMNS: "9999", AWS_REGION: "eu-central-1", AWS_EC2_METADATA_DISABLED: "true", HOME: folder },
	});
	return { status, stdout, stderr };
};

function itemFile(): string {
	const path = join(folder, "item.json");
	const pages = [page({ state: "proven", acceptedAt: seconds(1), provenAt: seconds(10) })];
	writeFileSync(path, JSON.stringify([incident({ policy: "telephony", pages }), incident({ occurrence: 2, openedAt: seconds(9000) })]));
	return path;
}

test("an incident is written as a page, with the stack's policy beside it", () => {
	const path = join(folder, "new", "incident.html");
	const written = script("report.ts", "incident", "--from", itemFile(), "--occurrence", "1", "--stack", "dev", "--html", path);
	expect(written).toEqual({ status: 0, stdout: "", stderr: `Report: ${path}\n` });
	const html = readFileSync(path, "utf8");
	expect(html).toContain("<h1>Frankfurt-1: trunk-down</h1>");
	expect(html).toContain("Tier 2 secondary: pagerduty secondary");
	expect(html).toContain("Reached at 08:00:10, 10 s after the opening.");
});

test("figures are printed, also as JSON", () => {
	const from = ["--from", itemFile(), "--month", "2026-01"];
	expect(script("report.ts", "figures", ...from).stdout).toContain(", 2026-01 (UTC)\n2 incidents\n");
	expect(JSON.parse(script("report.ts", "figures", ...from, "--json").stdout)).toMatchObject({
		incidents: 2,
		placesTold: 1,
		placesLost: 0,
	});
});

test.each([
	{ args: ["figures"], says: "Expected --table or --from, got neither (--help shows what is allowed)" },
	{ args: ["figures", "--from", "a", "--month", "2026-13"], says: 'Expected a month such as 2026-11, got "2026-13".' },
	{ args: ["figures", "--from", "a", "--html", "b"], says: "Expected no --html beside figures, got one" },
	{ args: ["incident", "--table", "t", "--html", "b"], says: "Expected --key beside --table, got none" },
	{ args: ["incident", "--from", "a"], says: "Expected --html beside incident, got none" },
	{ args: ["rehearsal", "--from", "README.md", "--html", "b"], says: "got something else in README.md, line 1" },
])("$args is wrong use: $says", ({ args, says }) => {
	const { status, stdout, stderr } = script("report.ts", ...args);
	expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
	expect(stderr).toContain(says);
});

test("a table without credentials is one line of what is missing", () => {
	expect(script("report.ts", "figures", "--table", "runbooks-dev")).toEqual({
		status: 2,
		stdout: "",
		stderr: "Could not load credentials from any providers\n",
	});
});

test("an incident that is not there is named, with those that are", () => {
	const { status, stderr } = script(
		"report.ts",
		"incident",
		"--from",
		itemFile(),
		"--key",
		"inc:1:dev:trunk-down:base-9",
		"--html",
		"b.html",
	);
	expect({ status, stderr }).toEqual({
		status: 2,
		stderr: "Expected an incident inc:1:dev:trunk-down:base-9, got none; there are: inc:1:dev:trunk-down:base-1\n",
	});
});

test("a rehearsal writes the same page at once and from its JSON, also where it fails", () => {
	const scenario = join(folder, "own.yaml");
	writeFileSync(
		scenario,
		"name: called-otherwise\nwhy: Nothing happens, and something must.\nlasts: 2m\ntrunks: [{ name: Frankfurt-1 }]\nhappens: []\nmust: [{ by: 1m, what: incident-opened }]\n",
	);
	const [first, second, json] = ["one.html", "two.html", "report.json"].map((name) => join(folder, name)) as [string, string, string];
	const { status, stdout, stderr } = script("rehearse.ts", scenario, "--json", "--html", first);
	expect({ status, stderr }).toEqual({ status: 1, stderr: `Report: ${first}\n` });
	writeFileSync(json, stdout);
	expect(script("report.ts", "rehearsal", "--from", json, "--html", second).status).toBe(0);
	expect(readFileSync(second, "utf8")).toBe(readFileSync(first, "utf8"));
	expect(readFileSync(first, "utf8")).toContain("<b>Failed.</b> 1 of 2 expectations was not met");
	const many = script("rehearse.ts", "--all", "--html", first);
	expect(many).toMatchObject({ status: 2, stderr: expect.stringContaining("Expected --html beside one rehearsal, got many") });
	const nowhere = script("rehearse.ts", scenario, "--html", join(json, "page.html"));
	expect(nowhere).toMatchObject({ status: 2, stderr: expect.stringContaining("Expected a file that can be written, got ") });
});

test("the shrunk story of a campaign's failure is written as a page of its seed", async () => {
	const must = [{ by: "1m", what: "incident-opened" as const }];
	const trunks = [{ name: "Frankfurt-1", edges: 1 }];
	await writeFailure(folder, 42, { name: "seed-42", why: "A story.", lasts: "2m", trunks, happens: [], must });
	expect(readFileSync(join(folder, "seed-42.html"), "utf8")).toContain("<h1>seed-42</h1>");
});
