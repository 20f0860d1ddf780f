import { describe, expect, test } from "vitest";
import { type LinkWorld, linkWorld, offer, urlEvent } from "./linkWorld.ts";
import { remediating, seconds } from "./pipeline/fixtures.ts";
import { readPage } from "./readPage.ts";

const group = { kind: "emergency-group", groupId: "3f0c8a54-6f0e-4c11-9d2b-7b1f5f2f9a10" } as const;
const ssm = { kind: "ssm", document: "RestartGateway" } as const;
const withRemedy = (remedy: typeof group | typeof ssm): LinkWorld => ({
	settings: remediating({ mode: "approve", remedy, windowSeconds: 300 }),
	about: { remedy: offer({ remedy }) },
});

describe("an approval link, from the browser to the remediator and back", () => {
	test.each([
		{
			name: "an emergency group",
			world: withRemedy(group),
			does: `It switches emergency group ${group.groupId} on: its call flows answer instead of the ordinary ones.`,
			undone: "It has 5 minutes. Then the group is switched off again, unless it was on before.",
		},
		{
			name: "a document without another one that undoes it",
			world: withRemedy(ssm),
			does: "It starts the Automation document RestartGateway of AWS Systems Manager.",
			undone: "It has 5 minutes. Nothing undoes it then: no document is set for that.",
		},
	])("shows what $name does, how it is undone, how long the link is good, and whose it is", async ({ world, does, undone }) => {
		const { follow, paths, did } = await linkWorld(world);
		const { status, body } = await follow("GET", paths.approve);
		expect(status).toBe(200);
		const { facts, terms, button, what } = readPage(body);
		expect({ what, button }).toEqual({ what: "SIP trunk Frankfurt-1 is down", button: "Begin the remedy" });
		expect(facts).toMatchObject({
			Since: "2026-01-05 08:00 UTC (2 minutes ago)",
			"What the remedy does": does,
			"If it does not help": undone,
			"Also told": "tier 1, sms: reached at 08:00 UTC",
		});
		expect(terms).toBe(
			"This link is good until 08:05 UTC, 3 minutes from now, and for one press. This page is for whoever was paged in tier 1 (primary). People go on being paged meanwhile: acknowledge all the same.",
		);
		expect(did).toEqual([]);
	});

	test("says where a remedy tells to, and keeps the rest of its address to itself, which may be a secret", async () => {
		const remedy = { kind: "webhook", url: "https://customer.example:8443/hooks/s3cret?token=s3cret" } as const;
		const { follow, paths } = await linkWorld({ settings: remediating({ mode: "approve", remedy }), about: { remedy: offer({ remedy }) } });
		for (const method of ["GET", "POST", "GET"]) {
			const { body } = await follow(method, paths.approve);
			expect(body).toContain(method === "GET" && body.includes("<form") ? "tells customer.example, a system" : "webhook was tried");
			expect(body).not.toContain("s3cret");
		}
	});

	test("begins the remedy by its button, tells until when it may help, and what came of it to whoever presses again", async () => {
		const { follow, paths, did } = await linkWorld();
		const pressed = readPage((await follow("POST", paths.approve)).body);
		const came = "webhook was tried after a person approved it at 08:02 UTC and has until 08:05 UTC to help";
		expect([pressed.heading, pressed.facts.Remedy, pressed.button]).toEqual(["The remedy has begun", came, undefined]);
		const { status, body } = await follow("POST", paths.approve);
		expect([status, readPage(body).heading, readPage(body).facts.Remedy]).toEqual([409, "This link has been used already", came]);
		expect(did).toEqual(["act"]);
	});

	test("however often it is only looked at, nothing happens", async () => {
		const { follow, paths, did, item, logged } = await linkWorld();
		const before = await item();
		for (const method of ["GET", "HEAD", "GET"]) expect((await follow(method, paths.approve)).status).toBe(200);
		expect([did, logged, await item()]).toEqual([[], [], before]);
	});

	test("is told how it stands where the incident is over: since when, and after how long", async () => {
		const { follow, paths } = await linkWorld({ about: { state: "recovered", recoveredAt: seconds(90) } });
		const { status, body } = await follow("GET", paths.approve);
		expect([status, readPage(body).heading]).toEqual([410, "The remedy is no longer needed"]);
		expect(readPage(body).facts).toMatchObject({ Since: "2026-01-05 08:00 UTC", "Over since": "08:01 UTC (after 1 minute)" });
	});

	test("that somebody forged or cut off costs no second function, and tells nothing; one of ours costs one", async () => {
		const { follow, paths, asked } = await linkWorld();
		const otherEnd = (start: string): string => `${start.slice(0, -1)}${start.endsWith("0") ? "1" : "0"}`;
		const forged = paths.approve.replace(/signature=./, otherEnd);
		const resealed = paths.approve.replace(/seal=./, otherEnd);
		for (const path of [forged, resealed, paths.approve.replace("occurrence=1", "occurrence=2"), paths.approve.slice(0, -1)]) {
			const { status, body } = await follow("POST", path);
			expect([status, readPage(body)]).toEqual([
				403,
				{
					heading: "This link is not valid",
					text: "It was cut off or changed on its way, or is out of date. Nothing was done.",
					facts: {},
				},
			]);
		}
		expect(asked).toEqual([]);
		await follow("GET", paths.approve);
		expect(asked).toHaveLength(1);
	});

	test("tells a long name by its beginning, so that a phone has room for the question", async () => {
		const long = "x".repeat(250);
		const { follow, paths } = await linkWorld({ about: { entityName: long, summary: `SIP trunk ${long} is down` } });
		const { body } = await follow("GET", paths.approve);
		expect(readPage(body).what).toMatch(/^SIP trunk x{40,48}.* is down$/);
		expect(body).toMatch(/<bdi>x{40,48}[^<]*<\/bdi> is down/);
	});
});

describe("a browser at an address where no page is", () => {
	test.each(["/", "/favicon.ico", "/webhook/grafana", "/vendors/pagerduty", "/a", "/approve/"])(
		"is told so in a page: %s",
		async (path) => {
			const { follow } = await linkWorld();
			const { status, body, headers } = await follow("GET", path);
			expect(status).toBe(404);
			expect(readPage(body)).toMatchObject({ heading: "There is no page here", facts: {} });
			expect(headers["content-type"]).toBe("text/html; charset=utf-8");
		},
	);

	test("is told the same of links that no stack of this kind sends", async () => {
		const { follow, paths } = await linkWorld({ settings: remediating({ mode: "auto" }) });
		expect(await follow("GET", paths.approve)).toMatchObject({ status: 404 });
	});

	test("a system that asks there is answered as before: in JSON", async () => {
		const { handler } = await linkWorld();
		expect(await handler(urlEvent("GET", "/", { accept: "*/*" }))).toMatchObject({
			statusCode: 401,
			headers: { "content-type": "application/json" },
		});
		expect(await handler(urlEvent("POST", "/", { body: "{}" }))).toMatchObject({ statusCode: 401 });
	});
});
