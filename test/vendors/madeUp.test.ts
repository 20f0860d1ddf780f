import { stripVTControlCharacters } from "node:util";
import { afterAll, describe, expect, test } from "vitest";
import { channelKinds } from "../../vendors/kinds.ts";
import { Copy, readExample } from "../readmeExample.ts";
import { orderOf, placeOf } from "./executors.ts";

describe("the vendor of your own in docs/extending.md", () => {
	const example = readExample("Write your own vendor");
	const copy = new Copy(example);
	afterAll(() => copy.remove());

	test("is one file and one line, its emulator another of each, and a scenario; nothing else is touched", () => {
		expect(example.files.map(({ path }) => path)).toEqual([
			"vendors/beeper.ts",
			"rehearsal/vendors/beeper.ts",
			"rehearsal/scenarios/beeps.yaml",
		]);
		expect(example.lines).toEqual(
			["vendors/index.ts", "rehearsal/vendors/index.ts"].map((path) => ({ path, line: expect.stringMatching(/^[^\n]+\n$/) })),
		);
		expect(copy.touched()).toEqual({
			...Object.fromEntries(example.files.map(({ path, text }) => [path, text.split("\n").length - 1])),
			"vendors/index.ts": 1,
			"rehearsal/vendors/index.ts": 1,
		});
	});

	test("compiles, is linted, and is documented by the command", () => {
		const checked = ["vendors", "functions/pipeline", "functions/edges", "components/genesys/vendors", "rehearsal/vendors"];
		expect(copy.compile([...checked, "rehearsal/world/vendorAccounts.ts", "test/vendors/executors.test.ts"])).toBe("");
		const biome = (...options: readonly string[]) => copy.run("node_modules/@biomejs/biome/bin/biome", "check", ...options);
		biome("--write", "vendors/index.ts", "rehearsal/vendors/index.ts");
		expect(biome("--error-on-warnings", "vendors", "rehearsal")).toContain("No fixes applied");
		copy.run("components/settings/writeReference.ts");
		expect(copy.read("docs/reference.md")).toContain("`beeper.tenant`");
	});

	test("is rehearsed: it fails once, pages, is proven, answered by a person, and ended", () => {
		const printed = copy.run("rehearsal/rehearse.ts", "beeps").replaceAll(/ +/g, " ");
		const promised = [...example.section.matchAll(/`(PASSED[^`]+|page-[a-z]+|incident-resolved [^`]+)`(?: at (\d+:\d\d))?/g)];
		expect(promised).toHaveLength(4);
		for (const [, words = "", at = ""] of promised)
			expect(printed.split("\n").filter((line) => line.includes(words) && line.startsWith(at === "" ? words : ` ${at} `))).toHaveLength(1);
		expect(printed).toContain("person acknowledged tier 1 · beeper · 1 incident Ada answers on the unit ops");
	});

	test("has two executors that make the same requests at its emulator, which agrees with its description", () => {
		const tests = ["test/vendors/executors.test.ts", "test/rehearsal/vendors/emulators.test.ts"];
		const printed = copy.run("node_modules/vitest/vitest.mjs", "run", "--reporter=verbose", ...tests);
		const passed = stripVTControlCharacters(printed);
		expect(passed).toMatch(/✓ .*at a vendor of kind beeper > send the same request for a page of severity high/);
		expect(passed).toMatch(/✓ .*the description of beeper, written apart, agree > on the credential, its secrets, and whose they are/);
	});

	test("is set, needs its secret, is in the workflow, pages, proves, ends and is checked", () => {
		const logged = JSON.parse(copy.run("test/vendors/beeperStory.ts"));
		const { dedupKey, summary, details } = orderOf(placeOf("pagerduty").channel);
		const page = `https://api.beeper.example/acme/pages/${encodeURIComponent(dedupKey)}`;
		const token = "Bearer PLANTED-token";
		const sent = { state: "beeping", unit: "ops", text: summary, urgency: "high", facts: details };
		expect(logged).toMatchObject({
			kinds: ["beeper", ...channelKinds].toSorted(),
			traits: { deduplicates: true, acknowledges: true, proof: "record", resolves: "same-key" },
			missing: ["pulumi config set --secret genesyscloud-runbooks:beeper-token"],
			warnings: [expect.stringContaining("expected no more than Beeper takes, 30 requests a minute for each token")],
			category: "runbooks-dev Beeper",
			body: expect.stringContaining('"text":"$esc.jsonString(${input.text})"'),
			isInFlow: [true, true],
			sent: { receipt: "B1" },
			read: { state: "acknowledged", receipt: "B1", by: "Ada" },
			reads: { "of another page": { state: "absent" }, "from before the intent": { state: "absent" } },
			ended: { receipt: "B1" },
			asked: [
				`POST ${page} ${token} ${JSON.stringify(sent)}`,
				`GET ${page} ${token} `,
				`POST ${page} ${token} {"state":"answered"}`,
				`POST ${page} ${token} {"state":"over"}`,
				`GET https://api.beeper.example/acme ${token} `,
			],
		});
	});
});
