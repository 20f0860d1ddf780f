import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { credentialPages } from "../../../components/settings/credentialPages.ts";
import { everyCredential, pageOfCredential } from "../../../vendors/credentials.ts";
import { vendorOf } from "../../../vendors/kinds.ts";
import { upkeep } from "../../../vendors/upkeep.ts";

const written = readFileSync(new URL("../../../docs/credentials.md", import.meta.url), "utf8");
const headings = [...written.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);

describe("docs/credentials.md", () => {
	test("is what npm run docs writes", () => {
		expect(written).toBe(credentialPages());
	});

	test("has a page for each credential, each once", () => {
		const vendors = everyCredential.map(({ kind }) => vendorOf(kind).credential.name);
		const clients = ["detector", "launcher", "responder", "remediator"];
		expect(headings).toEqual([...vendors, ...clients, "webhook", "remedy-webhook", "remedy-approval", "ledger", "vendor-webhooks"]);
	});

	test("is where the link of every credential leads", () => {
		for (const { called } of everyCredential) expect(headings).toContain(pageOfCredential(called.replace(/<\w+>/, "one")));
	});

	test("says of every vendor how its credential is looked after, and of nobody else", () => {
		expect(Object.keys(upkeep).toSorted()).toEqual(everyCredential.map(({ kind }) => vendorOf(kind).credential.name).toSorted());
	});
});
