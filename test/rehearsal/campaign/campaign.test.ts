import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readEverySeconds } from "../../../functions/pipeline/limits/pace.ts";
import { everyPolicy } from "../../../functions/pipeline/route/policy.ts";
import { Cover } from "../../../rehearsal/campaign/cover.ts";
import { draw } from "../../../rehearsal/campaign/draw.ts";
import { drawSettings } from "../../../rehearsal/campaign/drawSettings.ts";
import { figuresLine, Tally } from "../../../rehearsal/campaign/figures.ts";
import { invariants } from "../../../rehearsal/campaign/invariants.ts";
import { createPlayer, type Player } from "../../../rehearsal/campaign/playSeed.ts";
import { invariantsTable, sectionOf } from "../../../rehearsal/campaign/reliability.ts";
import { shrink } from "../../../rehearsal/campaign/shrink.ts";
import type { ScenarioInput } from "../../../rehearsal/campaign/verbs.ts";
import { happens, scenarioFile } from "../../../rehearsal/scenario/scenario.ts";
import { readStackFile, withSettings } from "../../../rehearsal/scenario/stackFile.ts";

/** Small worlds and short stories: the nightly campaign has the large ones. */
const small = { minutes: 15, largest: 2 } as const;

describe("the campaign", () => {
	test("200 seeds break no invariant", async () => {
		const player = createPlayer();
		const failing: unknown[] = [];
		for (let seed = 1; seed <= 200; seed += 1) {
			const { broken, refused } = await player(seed, draw(seed, small));
			if (broken.length > 0 || refused !== undefined) failing.push({ seed, broken, refused });
		}
		expect(failing).toEqual([]);
	}, 300_000);

	test("the same seed comes to the same end", async () => {
		const ends = [await createPlayer()(7, draw(7, small)), await createPlayer()(7, draw(7, small))];
		expect(ends[0]).toEqual(ends[1]);
	});
});

test("a campaign says how many of its seeds were refused: they prove nothing", () => {
	const tally = new Tally();
	for (const seed of [1, 2]) tally.add({ seed, broken: [], refused: "expected less", incidents: 0, incidentHours: 0, hours: 0 });
	expect(figuresLine(tally.figures(1))).toMatch(/^2 seeds, 0 failed, 2 refused; /);
});

describe("what is drawn", () => {
	const stories = Array.from({ length: 2000 }, (_, seed) => draw(seed));

	test("is the same for the same seed, and another one for another", () => {
		expect(draw(3)).toEqual(draw(3));
		expect(new Set(stories.map((story) => JSON.stringify({ ...story, name: "", why: "" }))).size).toBe(stories.length);
	});

	test("is a valid scenario file", () => {
		for (const story of stories.slice(0, 500)) expect(() => scenarioFile.parse(story)).not.toThrow();
	});

	test("has settings that every stack file could have", () => {
		const file = readStackFile("dev");
		for (let profile = 0; profile < 300; profile += 1) expect(() => withSettings(file, drawSettings(profile))).not.toThrow();
	});

	test("has settings that ask for more reads than one run of the workflow may do", () => {
		const file = readStackFile("dev");
		const drawn = Array.from({ length: 300 }, (_, profile) =>
			everyPolicy(withSettings(file, drawSettings(profile)).settings.runtime),
		).flat();
		expect(drawn.filter((policy) => readEverySeconds(policy) > policy.readBackSeconds).length).toBeGreaterThan(3);
	});

	test("has alerts in every format, where the settings take them, and refused keys of every vendor", () => {
		const verbs = stories.flatMap((story) => story.happens);
		const formats = new Set(verbs.flatMap((verb) => (verb.do === "webhook" ? (verb.format ?? "reading") : [])));
		expect([...formats].toSorted()).toEqual(["alertmanager", "cloudwatch", "genesys-alerting", "probe", "reading"]);
		const refused = new Set(verbs.flatMap((verb) => (verb.do === "refuses" ? verb.client.replace(/-.*/, "") : [])));
		expect([...refused].toSorted()).toEqual(["detector", "launcher", "pagerduty", "remediator", "responder", "twilio"]);
	});

	test("has rounds and rules at both ends of what is valid", () => {
		const drawn = Array.from({ length: 300 }, (_, profile) => JSON.stringify(drawSettings(profile))).join("\n");
		const ends = ['"repeatSeconds":300,', '"repeatSeconds":86400,', '"repeatsADay":0,', '"repeatsADay":288,'];
		const answers = ['"acknowledgedForSeconds":600,', '"acknowledgedForSeconds":604800,', '"reopenSeconds":60}', '"reopenSeconds":604800}'];
		const rules = ['"intermittent":false', '"intermittent":{"breaches":2,"of":3}', '"intermittent":{"breaches":30,"of":30}'];
		expect([...ends, ...answers, ...rules].filter((text) => !drawn.includes(text))).toEqual([]);
	});

	test("has every verb but those of which one says more, and worlds of every size", () => {
		const drawn = new Set(stories.flatMap((story) => story.happens.map((verb) => verb.do)));
		const all = happens.options.map((option) => option.shape.do.value);
		// A broken function, an operator, a rotation and the bus have scenarios of their own: kills and answers say more here. A body of no known shape opens
		// nothing. What callers hear pages nobody.
		const elsewhere = [
			"event-repeats",
			"event-unknown",
			"bus-silent",
			"breaks",
			"operates",
			"rotates",
			"deploys-key",
			"revokes",
			"calls",
			"posts",
		];
		expect(all.filter((verb) => !drawn.has(verb)).toSorted()).toEqual(elsewhere.toSorted());
		const sizes = stories.map(({ trunks }) => trunks.length);
		expect([Math.min(...sizes), Math.max(...sizes)]).toEqual([1, expect.toSatisfy((largest: number) => largest > 200)]);
	});
});

describe("the time that faults cover", () => {
	const cover = new Cover(
		[
			{ from: 100, until: 200 },
			{ from: 210, until: 300 },
			{ from: 1000, until: 1100 },
		],
		20,
	);

	test.each([
		{ from: 0, seconds: 50, at: 50 },
		{ from: 0, seconds: 100, at: 100 },
		{ from: 0, seconds: 150, at: 370 },
		{ from: 250, seconds: 10, at: 330 },
		{ from: 400, seconds: 10, at: 410 },
		{ from: 900, seconds: 200, at: 1220 },
	])("$seconds s without a fault since $from s have passed at $at s", ({ from, seconds, at }) => {
		expect(cover.after(from, seconds)).toBe(at);
	});

	test.each([
		{ from: 0, until: 99, touches: false },
		{ from: 0, until: 100, touches: true },
		{ from: 320, until: 320, touches: true },
		{ from: 321, until: 999, touches: false },
	])("from $from to $until: $touches", ({ from, until, touches }) => {
		expect(cover.touches(from, until)).toBe(touches);
	});
});

describe("a failing story is shrunk", () => {
	const long = draw(4, { minutes: 60 });
	const breaking = { ...long, happens: [...long.happens, { at: "33m", do: "kills", function: "ledger" } as const] };
	const outcome = { incidents: 0, incidentHours: 0, hours: 0 };
	const fails =
		(isFailing: (scenario: ScenarioInput) => boolean): Player =>
		async (seed, scenario) => ({
			...outcome,
			seed,
			broken: isFailing(scenario) ? [{ invariant: "paged", what: "" }] : [],
		});

	test("to the verb that it needs, on one trunk, with the stack's own settings", async () => {
		const player = fails(({ happens: verbs }) => verbs.some((verb) => verb.do === "kills"));
		const { scenario, stopped } = await shrink(player, 4, breaking, "paged");
		const { happens: verbs, trunks, settings, lasts, latency } = scenario;
		expect(stopped).toBe("smallest");
		expect(verbs).toEqual([{ at: "33m", do: "kills", function: "ledger" }]);
		expect({ trunks: trunks.length, settings, lasts, latency }).toEqual({ trunks: 1, settings: {}, lasts: "35m", latency: "off" });
	});

	test("and stays as it is where it needs everything", async () => {
		const player = fails((scenario) => scenario === breaking);
		expect((await shrink(player, 4, breaking, "paged")).scenario).toBe(breaking);
	});

	test("for a minute at most, and says that it is not as small as it gets", async () => {
		let milliseconds = 0;
		const player = fails(({ happens: verbs }) => {
			milliseconds += 25_000;
			return verbs.some((verb) => verb.do === "kills");
		});
		const { scenario, stopped } = await shrink(player, 4, breaking, "paged", () => milliseconds);
		expect({ stopped, played: milliseconds / 25_000 }).toEqual({ stopped: "time-over", played: 3 });
		expect(scenario.happens.length).toBeLessThan(breaking.happens.length);
	});

	test("never to one that breaks another invariant", async () => {
		const player: Player = async (seed) => ({ ...outcome, seed, broken: [{ invariant: "other", what: "" }] });
		expect((await shrink(player, 4, breaking, "paged")).scenario).toBe(breaking);
	});
});

describe("the invariants", () => {
	test("have a name of their own and a sentence each", () => {
		expect(new Set(invariants.map(({ name }) => name)).size).toBe(invariants.length);
		for (const { name, sentence } of invariants) expect(`${name}: ${sentence}`).toMatch(/^[a-z-]+: [A-Z].{20,}\.$/);
	});

	test("stand in docs/reliability.md as they are", () => {
		const page = readFileSync(new URL("../../../docs/reliability.md", import.meta.url), "utf8");
		expect(sectionOf(page, "invariants")).toBe(invariantsTable());
	});
});

describe("npm run campaign", () => {
	const root = fileURLToPath(new URL("../../..", import.meta.url));
	const run = (...args: readonly string[]) => {
		const command = ["--import", "./assert-node.mjs", "rehearsal/campaign/campaign.ts", ...args];
		const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: root, encoding: "utf8" });
		return { status, stdout, stderr };
	};

	test.each([
		{ args: ["--seeds", "0"], says: /from 1 to/ },
		{ args: ["--from", "-1"], says: /from 0 to/ },
		{ args: ["--minutes", "many"], says: /from 15 to/ },
		{ args: ["--what"], says: /unknown option/ },
		{ args: ["12"], says: /12/ },
	])("exits 2 for $args", ({ args, says }) => {
		const { status, stderr } = run(...args);
		expect(status).toBe(2);
		expect(stderr).toMatch(says);
	});

	test("prints the figures of a clean seed as JSON, and exits 0", () => {
		const { status, stdout } = run("--seeds", "1", "--minutes", "15", "--json");
		expect(status).toBe(0);
		expect(JSON.parse(stdout)).toMatchObject({ seeds: 1, failures: 0, broken: {}, failing: [] });
	});
});
