import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { beeperFile, beeperLine } from "./beeper.ts";
import { orderOf, places } from "./executors.ts";

const root = new URL("../../", import.meta.url);
const copy = mkdtempSync(join(tmpdir(), "made-up-vendor-"));
afterAll(() => rmSync(copy, { recursive: true }));

test("a vendor is one file and one line: it is set, needs its secret, is in the workflow, pages, proves, ends and is checked", () => {
	const left = ["node_modules", ".git", "build", "reports", ".stryker-tmp", "docs", "rehearsal.log"];
	cpSync(fileURLToPath(root), copy, { recursive: true, filter: (from) => !left.includes(basename(from)) });
	symlinkSync(fileURLToPath(new URL("node_modules", root)), join(copy, "node_modules"));
	writeFileSync(join(copy, "vendors/beeper.ts"), beeperFile, { flag: "wx" });
	appendFileSync(join(copy, "vendors/index.ts"), beeperLine);
	const checked = {
		extends: "./tsconfig.json",
		include: ["vendors", "functions/pipeline", "functions/edges", "components/genesys/vendors"],
	};
	writeFileSync(join(copy, "checked.json"), JSON.stringify(checked));
	const compiled = execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "--noEmit", "-p", "checked.json"], {
		cwd: copy,
		encoding: "utf8",
	});
	expect(compiled).toBe("");
	const told = JSON.parse(execFileSync(process.execPath, ["test/vendors/beeperStory.ts"], { cwd: copy, encoding: "utf8" }));

	const { vendorKey, summary, details } = orderOf(places.pagerduty().channel);
	const page = `https://api.beeper.example/acme/pages/${encodeURIComponent(vendorKey)}`;
	const token = "Bearer PLANTED-token";
	expect(told).toMatchObject({
		kinds: ["beeper", "pagerduty", "sms"],
		traits: { deduplicates: true, acknowledges: true, proof: "record", resolves: "same-key" },
		missing: ["pulumi config set --secret genesyscloud-runbooks:beeper-ops-token"],
		warnings: [expect.stringContaining("expected no more than Beeper takes, 30 requests a minute for each token")],
		category: "runbooks-dev Beeper ops",
		body: expect.stringContaining('{"key":"$esc.jsonString(${input.key})","text":"$esc.jsonString(${input.summary})"'),
		isInFlow: [true, true],
		sent: { receipt: "B1" },
		read: { state: "acknowledged", receipt: "B1", by: "Ada" },
		reads: { "of another page": { state: "absent" }, "from before the intent": { state: "absent" } },
		ended: { receipt: "B1" },
		asked: [
			`POST https://api.beeper.example/acme/pages ${token} ${JSON.stringify({ key: vendorKey, text: summary, urgency: "now", facts: details })}`,
			`GET ${page} ${token} `,
			`POST ${page}/answer ${token} `,
			`POST ${page}/end ${token} `,
			`GET https://api.beeper.example/acme ${token} `,
		],
	});
});
