import { spawnSync } from "node:child_process";
import { Bench } from "tinybench";
import { play } from "../../rehearsal/play.ts";
import { readScenario, scenarioNames } from "../../rehearsal/scenario/read.ts";
import { readStackFile } from "../../rehearsal/scenario/stackFile.ts";
import { createOfflineWorld, start } from "../../rehearsal/world/offlineWorld.ts";
import { fewestRequests, type PollCost, worldOf } from "./pollAtScale.ts";

/**
 * What a rehearsal costs: incident-hours a second of the campaign; the whole command with Node's start as baseline, all scenarios with one of them as baseline, and in process the deployment alone against deployment and
 * sixty virtual minutes. The difference of the last two is the virtual hour.
 */
const scenario = readScenario("trunk-outage");
const file = readStackFile("dev");
const node = (args: readonly string[]): void => {
	const { status } = spawnSync(process.execPath, args, { stdio: "ignore", cwd: new URL("../../", import.meta.url) });
	if (status !== 0) throw new Error(`Expected ${args.join(" ")} to exit 0, got ${status}`);
};

const commands = new Bench({ iterations: 5, time: 0, warmupIterations: 1, warmupTime: 0 });
commands.add("baseline: node starts and ends", () => node(["-e", ""]));
commands.add("npm run rehearse, program start included", () => node(["--import", "./assert-node.mjs", "rehearsal/rehearse.ts"]));
await commands.run();

const everything = new Bench({ iterations: 3, time: 0, warmupIterations: 0, warmupTime: 0 });
everything.add("npm run rehearse -- --all", () => node(["--import", "./assert-node.mjs", "rehearsal/rehearse.ts", "--all"]));
await everything.run();

/** Incident-hours that the campaign plays in a second, on all cores, once its threads are warm: twice as many seeds, less the time of half. */
function campaignSpeed(): number {
	const played = (seeds: number): { readonly incidentHours: number; readonly seconds: number } => {
		const args = ["--import", "./assert-node.mjs", "rehearsal/campaign/campaign.ts", "--json", "--seeds", String(seeds)];
		const { stdout } = spawnSync(process.execPath, args, { encoding: "utf8", cwd: new URL("../../", import.meta.url) });
		return JSON.parse(stdout);
	};
	const [half, whole] = [played(100), played(200)];
	return (whole.incidentHours - half.incidentHours) / Math.max(1, whole.seconds - half.seconds);
}

const speed = campaignSpeed();
const world = await createOfflineWorld({ file, seed: 1, trunks: scenario.trunks });
const hour = new Bench({ iterations: 8, time: 0, warmupIterations: 1, warmupTime: 0 });
hour.add("baseline: deploy only", async () => void (await createOfflineWorld({ file, seed: 1, trunks: scenario.trunks })));
hour.add("deploy and play 60 virtual minutes", async () => void (await play({ scenario, file, seed: 1 })));
await hour.run();
await world.clock.run(start);

const median = (bench: Bench, index: number): number => {
	const result = bench.tasks[index]?.result;
	if (result === undefined || !("latency" in result)) throw new Error("Expected a finished benchmark");
	return result.latency.p50;
};

const [starts, whole, all] = [median(commands, 0), median(commands, 1), median(everything, 0)];
const [deployed, played] = [median(hour, 0), median(hour, 1)];
console.log(`node starts and ends                      ${starts.toFixed(0).padStart(6)} ms`);
console.log(
	`npm run rehearse, program start included  ${whole.toFixed(0).padStart(6)} ms   ${(whole / starts).toFixed(1)} × the baseline   (limit 5000 ms)`,
);
console.log(
	`npm run rehearse -- --all                 ${all.toFixed(0).padStart(6)} ms   ${(all / whole).toFixed(1)} × one of its ${scenarioNames().length} scenarios   (limit 10000 ms)`,
);
console.log(`deploy only                               ${deployed.toFixed(0).padStart(6)} ms`);
console.log(
	`deploy and play 60 virtual minutes        ${played.toFixed(0).padStart(6)} ms   ${(played / deployed).toFixed(2)} × the baseline`,
);
console.log(`60 virtual minutes                        ${(played - deployed).toFixed(0).padStart(6)} ms   (limit 1000 ms)`);

/** What a healthy poll may cost, however much it looks at. */
const limits = { reads: 12, writes: 4, requestsOverFewest: 1.1, seconds: 25 };
const within = ({ reads, writes, requests, seconds }: PollCost, fewest: number): boolean =>
	reads <= limits.reads && writes <= limits.writes && requests <= limits.requestsOverFewest * fewest && seconds <= limits.seconds;

const small = { trunkInstances: 100, edges: 4, queues: 10 };
const large = { trunkInstances: 5000, edges: 200, queues: 500 };
let isCheap = true;
console.log("a healthy poll, 5 ms a call of the ledger, 150 ms a request");
for (const estate of [small, large]) {
	const fewest = fewestRequests(estate);
	const { settle, poll, pass } = await worldOf(estate);
	await settle();
	const now = await poll();
	await pass(86_400);
	// The first poll of the day asks for a new token.
	await poll();
	for (const [when, cost] of [["now", now] as const, ["24 h later", await poll()] as const]) {
		const { reads, writes, requests, seconds } = cost;
		isCheap &&= within(cost, fewest);
		console.log(
			`${`${estate.trunkInstances} trunks, ${estate.edges} edges, ${estate.queues} queues, ${when}`.padEnd(48)} ${reads} reads   ${writes} writes   ${requests} requests (fewest ${fewest})   ${seconds.toFixed(1)} s`,
		);
	}
}
console.log(
	`limits: ${limits.reads} reads, ${limits.writes} writes, ${limits.requestsOverFewest} × the fewest requests, ${limits.seconds} s`,
);
console.log(`npm run campaign                          ${speed.toFixed(1).padStart(6)} incident-hours a second`);
process.exitCode = whole < 5000 && all < 10_000 && played - deployed < 1000 && isCheap ? 0 : 1;
