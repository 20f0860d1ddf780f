import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { network } from "../../../rehearsal/world/network.ts";
import { type ChannelKind, channelKinds, vendorOf } from "../../../vendors/kinds.ts";
import { settingOf } from "../../../vendors/settings.ts";
import { plantedIdentity } from "../../functions/edges/vendors/vendorPagers.ts";
import { type Place, placeOf } from "../executors.ts";
import { runContracts } from "./realRun.ts";
import { type Env, variableOf, variablesOf } from "./realVendor.ts";
import { stepsOf } from "./story.ts";

/** The environment of a person who has the emulator's account. */
function envOf({ channel, account, credential }: Place): Record<string, string> {
	const { kind } = channel;
	const settings = Object.keys(vendorOf(kind).channel).map((name) => [name, settingOf(channel, name)] as const);
	const secrets = Object.keys(vendorOf(kind).secrets).map((name) => [name, credential[name] ?? ""] as const);
	const own = [...Object.entries(account), ...settings, ...secrets].map(([name, value]) => [variableOf(kind, name), value] as const);
	const { accessKeyId, secretAccessKey, sessionToken } = plantedIdentity;
	const aws = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken };
	return { ...Object.fromEntries(own), ...(vendorOf(kind).aws === undefined ? {} : aws) };
}

async function played(kind: ChannelKind, change: (place: Place) => { readonly env?: Env; readonly fetch?: typeof fetch } = () => ({})) {
	const place = placeOf(kind);
	const { clock, routes } = place;
	const lines: string[] = [];
	const sleep = (milliseconds: number) => clock.run(clock.now() + milliseconds);
	const machine = { env: envOf(place), fetch: network(routes), clock, sleep, run: "run-1", ...change(place) };
	const verdicts = await runContracts([kind], machine, (line) => lines.push(line));
	return { verdicts, lines };
}

describe.each(channelKinds)("the contract at an account that the environment names, of kind %s", (kind) => {
	test("holds step by step", async () => {
		const { verdicts, lines } = await played(kind);
		expect(verdicts).toEqual(["held"]);
		expect(lines.at(-1)).toBe("1 held, 0 failed, 0 skipped");
		const said = lines.slice(1, -1).map((line) => line.slice(kind.length + 2));
		expect(said.map((line) => line.split(": does not apply")[0])).toEqual(stepsOf(kind));
	});

	test("is skipped where nothing names one, with every variable that is needed", async () => {
		const { verdicts, lines } = await played(kind, () => ({ env: {} }));
		const needed = variablesOf(kind).filter(({ usual }) => usual === undefined);
		expect(verdicts).toEqual(["skipped"]);
		for (const { name } of needed) expect(lines[0]).toContain(name);
	});

	test("fails where the vendor refuses, without a word of its secrets", async () => {
		const { verdicts, lines } = await played(kind, () => ({ fetch: async () => Response.json({}, { status: 401 }) }));
		expect(verdicts).toEqual(["failed"]);
		expect(lines.join("\n")).toContain("(unauthorized)");
		const { credential } = placeOf(kind);
		const secrets = Object.keys(vendorOf(kind).secrets).map((name) => credential[name] ?? "");
		for (const secret of [...secrets, plantedIdentity.secretAccessKey]) expect(lines.join("\n")).not.toContain(secret);
	});
});

test("a page whose proof never comes is ended, and the step that does not hold is named", async () => {
	const asked: string[] = [];
	const { lines, verdicts } = await played("pagerduty", ({ routes }) => ({
		fetch: async (input, init) => {
			const request = new Request(input, init);
			if (request.method === "POST") asked.push(JSON.parse(await request.clone().text()).event_action);
			return request.method === "GET" ? Response.json({ incidents: [] }) : network(routes)(request);
		},
	}));
	expect(verdicts).toEqual(["failed"]);
	expect(lines).toContain(
		"pagerduty: FAILED: Expected a page that is delivered or sent or acknowledged within 120 s, got one that is absent",
	);
	expect(asked).toEqual(["resolve", "trigger", "resolve"]);
});

test("a setting of the wrong shape is refused before anybody is paged", async () => {
	const { lines, verdicts } = await played("pagerduty", (place) => ({
		env: { ...envOf(place), TEST_PAGERDUTY_REGION: "mars", TEST_PAGERDUTY_SERVICE_ID: "nine" },
		fetch: async () => Promise.reject(new Error("asked")),
	}));
	expect(verdicts).toEqual(["failed"]);
	expect(lines).toEqual([
		'pagerduty: TEST_PAGERDUTY_REGION: expected us or eu, got "mars"',
		expect.stringContaining("TEST_PAGERDUTY_SERVICE_ID: expected a PagerDuty service id"),
		"0 held, 1 failed, 0 skipped",
	]);
});

test("the command skips what the environment does not name, and refuses a vendor that there is not", () => {
	const run = (...args: string[]) =>
		spawnSync(process.execPath, ["--import", "./assert-node.mjs", "test/vendors/contract/testVendor.ts", ...args], {
			encoding: "utf8",
			env: { PATH: process.env.PATH ?? "" },
		});
	const none = run("pagerduty", "sms");
	expect([none.status, none.stdout.trimEnd().split("\n").at(-1)]).toEqual([0, "0 held, 0 failed, 2 skipped"]);
	const wrong = run("pagerdooty");
	expect([wrong.status, wrong.stdout]).toEqual([2, ""]);
	expect(wrong.stderr).toContain("Expected kinds of vendors, got pagerdooty; allowed: email, jira,");
	expect(run("--variables", "jiraDataCenter").stdout).toContain("TEST_JIRA_DATA_CENTER_ACCESS_TOKEN");
});
