import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { documentOptions, dynamoLedger } from "../../functions/edges/aws/dynamodb.ts";
import type { ServedAccount } from "../aws/servedAccount.ts";
import { servedClient } from "../aws/servedClient.ts";
import { play } from "../play.ts";
import { parseScenario } from "../scenario/read.ts";
import { readStackFile, withTable } from "../scenario/stackFile.ts";
import { type Carrier, carrier } from "./carried.ts";
import { type EmulatorClock, realClock } from "./clock.ts";
import type { OfflineWorld } from "./offlineWorld.ts";
import { runSchedules } from "./schedules.ts";

/** All is well, and stays so. */
const story = `
name: live
why: What an operator drills.
lasts: 2m
trunks: [{ name: Frankfurt-1 }, { name: Berlin-1 }]
happens: []
must:
  - { by: 2m, what: polled }
`;
const lastsMilliseconds = 120_000;
const tickMilliseconds = 60_000;
const turnMilliseconds = 1000;

/** A stack's ledger on which its functions run in real time, with the vendors of the rehearsal. */
export interface LiveLedger {
	readonly endpoint: string;
	readonly stack: string;
	/** The first policy of the stack. */
	readonly policy: string;
}

/** Deploys the stack `dev` into a world whose time is that of this machine, and serves its ledger. Its work ends with the process. */
export async function serveLive(served: ServedAccount, clock: EmulatorClock = realClock): Promise<LiveLedger> {
	const file = withTable(readStackFile("dev"));
	const scenario = { ...parseScenario(story, "live.yaml"), starts: clock.now() - lastsMilliseconds };
	const { world } = await play({ scenario, file, seed: 1 });
	await served.provision(world.deployment.resources);
	const carried = carriersOf(served.endpoint, world);
	for (const each of carried) await each.outward();
	runSchedules(world, world.clock.now() + tickMilliseconds, { lastPoll: Infinity, end: Infinity, hasPhases: false });
	clock.spawn(() => live(world, carried, clock));
	return { endpoint: served.endpoint, stack: file.stack, policy: Object.keys(file.settings.runtime.policies)[0] ?? "" };
}

async function live(world: OfflineWorld, carried: readonly Carrier[], clock: EmulatorClock): Promise<never> {
	for (;;) {
		await clock.sleep(turnMilliseconds);
		for (const each of carried) await each.inward();
		await world.clock.run(Math.max(clock.now(), world.clock.now()));
		for (const each of carried) await each.outward();
	}
}

function carriersOf(endpoint: string, { aws, settings }: OfflineWorld): readonly Carrier[] {
	const client = DynamoDBDocumentClient.from(new DynamoDBClient(servedClient(endpoint)), documentOptions);
	return aws.state.tables.map(({ name, ledger }) =>
		carrier(ledger, dynamoLedger({ client, tableName: name, clock: realClock }), settings.runtime.environment),
	);
}
