import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { statusOf } from "../../../commands/commandLine.ts";
import { type DrillOutcome, type DrillsItem, noDrills } from "../../../functions/pipeline/drill/records.ts";
import { drillsKey, pollerKey } from "../../../functions/pipeline/model/keys.ts";
import { EdgeError, type Ledger } from "../../../functions/pipeline/ports.ts";
import { drillScript } from "../../../rehearsal/drill/script.ts";
import { drillsText } from "../../../rehearsal/drill/text.ts";
import { followDrill } from "../../../rehearsal/drill/wait.ts";
import { type Ended, type Served, served } from "../incidents/served.ts";

let world: Served;
beforeAll(async () => {
	world = await served();
});
afterAll(() => world.close());

async function drill(...args: readonly string[]): Promise<Ended> {
	let [out, err] = ["", ""];
	const log = vi.spyOn(console, "log").mockImplementation((text: unknown) => {
		out += `${text}\n`;
	});
	const error = vi.spyOn(console, "error").mockImplementation((text: unknown) => {
		err += `${text}\n`;
	});
	const command = drillScript.command().configureOutput({
		writeErr: (text) => {
			err += text;
		},
	});
	try {
		return { status: await statusOf(command, drillScript, [...args, "--endpoint", world.endpoint]), out, err };
	} finally {
		log.mockRestore();
		error.mockRestore();
	}
}

const put = async (item: DrillsItem): Promise<void> => {
	const known = await world.ledger.read(drillsKey("dev"));
	await world.ledger.write(drillsKey("dev"), item, known?.version ?? 0);
};
const kept = async (): Promise<DrillsItem> => (await world.ledger.read(drillsKey("dev")))?.value as DrillsItem;

const at = Date.UTC(2026, 0, 5, 9, 0);
const asked = { id: "one", policy: "telephony", by: "Ada", at };
const over: DrillOutcome = {
	...asked,
	verdict: "passed",
	reason: "acknowledged",
	begunAt: at,
	endedAt: at + 240_000,
	occurrence: 1,
	proven: ["tier 1 pagerduty"],
	missing: [],
	answeredBy: "Ben",
};
const lost: DrillOutcome = { ...over, verdict: "failed", reason: "nothing-proven", proven: [], missing: ["tier 1 pagerduty"] };

describe("npm run drill", () => {
	test("refuses a ledger that no poller of the stack wrote to", async () => {
		const ended = await drill("--policy", "telephony", "--by", "Ada");
		expect(ended).toMatchObject({ status: 2, out: "", err: expect.stringContaining("Expected the ledger of stack dev") });
		await world.ledger.write(pollerKey("dev"), { failures: 0 }, 0);
	});

	test("asks for a drill, and lists it", async () => {
		const ended = await drill("--policy", "telephony", "--by", "Ada");
		expect(ended).toMatchObject({ status: 0, err: "", out: expect.stringContaining("Asked for a drill of telephony") });
		expect((await kept()).requests).toMatchObject([{ policy: "telephony", by: "Ada" }]);
		expect((await drill("list")).out).toMatch(/^telephony: asked for at .* UTC, not begun yet \(Ada\)\n$/);
		expect(JSON.parse((await drill("list", "--json")).out)).toMatchObject({ requests: [{ by: "Ada" }], running: [], ended: [] });
	});

	test.each([
		{ verdict: over, status: 0, out: /^The drill of telephony passed after 4 minutes: proven by tier 1 pagerduty;\nanswered by Ben\n$/ },
		{ verdict: lost, status: 1, out: /^The drill of telephony failed: its drill of 2026-01-05T09:00Z reached nobody/ },
	])(
		"--wait follows it to its end: exit $status",
		async ({ verdict, status, out }) => {
			await put(noDrills);
			const waiting = drill("--policy", "telephony", "--by", "Ada", "--wait");
			// The overseer, in few words.
			await vi.waitFor(async () => expect((await kept()).requests).toHaveLength(1));
			const [request = asked] = (await kept()).requests;
			await put({ ...noDrills, ended: [{ ...verdict, id: request.id }] });
			const ended = await waiting;
			expect([ended.status, ended.out]).toEqual([status, expect.stringMatching(out)]);
		},
		20_000,
	);

	test.each([
		{ name: "a drill of nobody", args: [], err: /Expected --policy and --by of a drill, got none/ },
		{ name: "a drill without a name", args: ["--policy", "telephony"], err: /Expected --by of a drill, got none/ },
		{ name: "an unknown policy", args: ["--policy", "telephone", "--by", "Ada"], err: /--policy: expected .*telephony.*got "telephone"/ },
		{ name: "a list that drills", args: ["list", "--policy", "telephony"], err: /Expected no --policy beside list/ },
		{ name: "a list that waits", args: ["list", "--wait"], err: /Expected no --wait beside list/ },
		{ name: "what it does not do", args: ["end"], err: /begin, list/ },
	])("refuses $name", async ({ args, err }) => {
		expect(await drill(...args)).toMatchObject({ status: 2, out: "", err: expect.stringMatching(err) });
	});
});

test("a list says what came of each, what runs, and when the next one is, within 80 columns", () => {
	const schedule = [{ policy: "telephony", days: ["monday"], at: "10:00", zone: "Europe/Berlin" }] as const;
	const missed: DrillOutcome = { ...asked, verdict: "missed", reason: "missed", endedAt: at, proven: [], missing: [] };
	const item = { ...noDrills, ended: [over, lost, missed], running: [{ ...asked, begunAt: at }] };
	const lines = drillsText(item, schedule, at).split("\n");
	expect(lines.filter((line) => line.length > 80)).toEqual([]);
	expect(lines.filter((line) => /^\S/.test(line))).toEqual([
		expect.stringContaining("2026-01-05 09:00 UTC, passed"),
		expect.stringContaining("failed"),
		expect.stringContaining("missed"),
		expect.stringContaining("runs since 2026-01-05 09:00 UTC (Ada)"),
		expect.stringContaining("next at 2026-01-12 09:00 UTC"),
	]);
	expect(drillsText(noDrills, [], at)).toBe("No drill was held, and none is scheduled.");
});

describe("whoever waits", () => {
	/** A ledger that answers these one after the other, the last for ever. */
	const answering = (...answers: readonly (DrillsItem | EdgeError)[]): Pick<Ledger, "read"> => {
		let asks = 0;
		return {
			read: async () => {
				const answer = answers[Math.min(asks++, answers.length - 1)] ?? noDrills;
				if (answer instanceof EdgeError) throw answer;
				return { version: 1, value: answer };
			},
		};
	};
	const follow = async (...answers: readonly (DrillsItem | EdgeError)[]) => {
		let now = 0;
		const said: string[] = [];
		const clock = {
			now: () => now,
			sleep: async (milliseconds: number) => {
				now += milliseconds;
			},
		};
		const ledger = answering(...answers) as Ledger;
		const outcome = await followDrill({ ledger, environment: "dev" }, "one", {
			clock,
			milliseconds: 600_000,
			say: (text) => said.push(text),
		});
		return { outcome, said, now };
	};
	const away = new EdgeError("unreachable", "away", { retry: true });
	const waits: DrillsItem = { ...noDrills, requests: [asked] };
	const runs: DrillsItem = { ...noDrills, running: [{ ...asked, begunAt: at, occurrence: 1 }] };

	test("hears what is new, once, and the end", async () => {
		const { outcome, said } = await follow(waits, waits, away, runs, runs, { ...noDrills, ended: [over] });
		expect(outcome).toEqual(over);
		expect(said).toEqual([expect.stringMatching(/^Asked for/), expect.stringMatching(/^It runs/)]);
	});

	test("does not wait for ever", async () => {
		expect(await follow(waits)).toMatchObject({ outcome: undefined, now: 600_000 });
		expect(await follow(waits, noDrills)).toMatchObject({
			outcome: undefined,
			said: [expect.anything(), expect.stringMatching(/knows nothing/)],
		});
		await expect(follow(away)).rejects.toThrow("away");
	});
});
