import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import { documentOptions, dynamoLedger } from "../../../functions/edges/aws/dynamodb.ts";
import { memoryLedger } from "../../../functions/edges/memory/ledger.ts";
import { readDrills, requestDrill } from "../../../functions/pipeline/drill/operate.ts";
import { serveAccount } from "../../../rehearsal/aws/servedAccount.ts";
import { servedClient } from "../../../rehearsal/aws/servedClient.ts";
import { carrier } from "../../../rehearsal/world/carried.ts";
import { type EmulatorClock, realClock } from "../../../rehearsal/world/clock.ts";
import { serveLive } from "../../../rehearsal/world/liveLedger.ts";
import { incidents } from "../incidents/served.ts";

/** Ten seconds go by in each turn, until the test is over. */
function quick(): EmulatorClock & { stop(): void } {
	let [now, isOver] = [Date.now(), false];
	return {
		...realClock,
		now: () => now,
		sleep: () =>
			new Promise((resolve) => {
				now += 10_000;
				if (!isOver) setImmediate(resolve);
			}),
		stop: () => {
			isOver = true;
		},
	};
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
	for (;;) {
		const found = await look();
		if (found !== undefined) return found;
	}
}

test("a drill that is asked for on a served ledger is begun, answered by the operator's command, and passes", async () => {
	const account = await serveAccount();
	const clock = quick();
	const { endpoint, stack, policy } = await serveLive(account, clock);
	const client = DynamoDBDocumentClient.from(new DynamoDBClient(servedClient(endpoint)), documentOptions);
	const ledger = dynamoLedger({ client, tableName: "runbooks-dev-incidents", clock: realClock });
	const ports = { ledger, environment: stack };
	await requestDrill(ports, { id: "one", policy, by: "Ada", at: clock.now() });
	const key = `inc:1:${stack}:drill:${policy}`;
	await until(async () => ((await ledger.read(key)) === undefined ? undefined : true));
	const act = ["acknowledge", key, "--by", "Ben", "--why", "it reached me", "--endpoint", endpoint];
	await until(async () => ((await incidents(...act)).status === 0 ? true : undefined));
	const [drill] = await until(async () => {
		const { ended } = await readDrills(ports);
		return ended.length > 0 ? ended : undefined;
	});
	expect(drill).toMatchObject({ id: "one", policy: "telephony", verdict: "passed", reason: "acknowledged" });
	clock.stop();
	client.destroy();
	await account.close();
}, 120_000);

test("what either side wrote is carried once; where both did, the operator's word stands", async () => {
	const [inner, outer] = [memoryLedger(realClock), memoryLedger(realClock)];
	const { inward, outward } = carrier(inner, outer, "dev");
	await inner.write("inc:a", { by: "functions" }, 0, { dueAt: 7 });
	await outward();
	await outward();
	expect(outer.items()).toMatchObject([{ key: "inc:a", version: 1, dueAt: 7 }]);
	await outer.write("inc:a", { by: "operator" }, 1);
	await inner.write("inc:a", { by: "functions again" }, 1, { dueAt: 9 });
	await outward();
	await inward();
	await inward();
	expect(inner.items()).toMatchObject([{ value: { by: "operator" }, version: 3, dueAt: 9 }]);
	await outer.write("drills:1:dev", { requests: [] }, 0);
	await inward();
	expect(await inner.read("drills:1:dev")).toMatchObject({ value: { requests: [] } });
});
