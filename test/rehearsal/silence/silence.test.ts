import { execFile } from "node:child_process";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import dynalite from "dynalite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { documentOptions, dynamoLedger } from "../../../functions/edges/aws/dynamodb.ts";
import { pollerKey } from "../../../functions/pipeline/model/keys.ts";
import { listSilences } from "../../../functions/pipeline/silence/operate.ts";
import { loopback } from "../../functions/edges/loopback.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const table = "runbooks-dev-incidents";
const server = dynalite({ createTableMs: 0 });
const clock = { now: () => Date.now() };
let client: DynamoDBClient;
let endpoint = "";

const ledger = () => dynamoLedger({ client: DynamoDBDocumentClient.from(client, documentOptions), tableName: table, clock });

beforeAll(async () => {
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	endpoint = `http://127.0.0.1:${port}`;
	client = new DynamoDBClient(loopback(port));
	await client.send(
		new CreateTableCommand({
			TableName: table,
			BillingMode: "PAY_PER_REQUEST",
			AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
			KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
		}),
	);
	for (let asked = 0; asked < 100; asked += 1) {
		const { Table: made } = await client.send(new DescribeTableCommand({ TableName: table }));
		if (made?.TableStatus === "ACTIVE") break;
	}
	await ledger().write(pollerKey("dev"), { failures: 0 }, 0);
});

afterAll(async () => {
	client.destroy();
	await new Promise((resolve) => server.close(resolve));
});

interface Ended {
	readonly status: number;
	readonly out: string;
	readonly err: string;
}

/** The command as its npm script runs it; the table is served by this process, which must not wait for it. */
function silence(...args: readonly string[]): Promise<Ended> {
	const env = { ...process.env, AWS_REGION: "eu-central-1", AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
	const command = ["--import", "./assert-node.mjs", "rehearsal/silence.ts", ...args, "--endpoint", endpoint];
	return new Promise((resolve) => {
		execFile(process.execPath, command, { cwd: root, env, encoding: "utf8" }, (error, out, err) =>
			resolve({ status: typeof error?.code === "number" ? error.code : 0, out, err }),
		);
	});
}

const about = ["--match", "condition=trunk-down", "--match", "entity=Frankfurt-1"];
const reasons = ["--for", "2h", "--why", "carrier maintenance", "--by", "Ada"];

describe("npm run silence", () => {
	test("adds, lists and ends a silence in the ledger of a stack", async () => {
		const added = await silence("add", ...about, ...reasons);
		expect([added.status, added.err]).toEqual([0, ""]);
		expect(added.out).toMatch(
			/^Silenced\. silence-[0-9a-f]{6}: condition trunk-down, entity Frankfurt-1, until .*Z \(2 h 0 min left\): carrier maintenance \(Ada\)\n$/,
		);
		const [held] = await listSilences({ ledger: ledger(), clock, environment: "dev" });
		expect(held).toMatchObject({ match: { condition: ["trunk-down"], entity: ["Frankfurt-1"] }, why: "carrier maintenance", who: "Ada" });
		expect((held?.until ?? 0) - (held?.from ?? 0)).toBe(7_200_000);
		const id = held?.id ?? "";
		expect((await silence("list")).out).toContain(`${id}: condition trunk-down`);
		expect(JSON.parse((await silence("list", "--json")).out)).toMatchObject({ byHand: [{ id }], windows: [] });
		expect(await silence("end", id)).toEqual({ status: 0, out: `Ended ${id}: what still fails is paged within a minute\n`, err: "" });
		expect(await silence("list")).toEqual({ status: 0, out: "Nothing is silenced\n", err: "" });
		const unknown = `Expected a silence in effect, got "${id}"; allowed: none, there are none\n`;
		expect(await silence("end", id)).toEqual({ status: 1, out: "", err: unknown });
	}, 60_000);

	test.each([
		{ name: "what would silence everything", args: ["add", "--match", "entity=*", ...reasons], err: /this would silence everything/ },
		{ name: "an add without a matcher", args: ["add", ...reasons], err: /this would silence everything/ },
		{
			name: "what is mistyped, all at once",
			args: ["add", "--match", "conditon=x", "--match", "severity=hgh", "--for", "25h", "--why", "x", "--by", ""],
			err: /severity: expected one of critical[\s\S]*one of condition[\s\S]*--for: expected a span of at most 24 hours[\s\S]*--by: expected/,
		},
		{ name: "an add that says nothing", args: ["add"], err: /Expected --for, --why, --by beside add/ },
		{ name: "an end of nothing", args: ["end"], err: /Expected the id of a silence/ },
		{ name: "a list that adds", args: ["list", "--for", "2h"], err: /Expected --for beside add only/ },
		{ name: "the table of another stack", args: ["list", "--stack", "prod", "--table", table], err: /to be the ledger of stack prod/ },
		{ name: "a stack that is none", args: ["list", "--stack", "produ"], err: /allowed: dev, prod/ },
	])(
		"refuses $name",
		async ({ args, err }) => {
			const ended = await silence(...args);
			expect(ended).toMatchObject({ status: 2, out: "" });
			expect(ended.err).toMatch(err);
		},
		60_000,
	);

	test("says of a table that is not there what was expected", async () => {
		const err = "DynamoDB: expected to read poller:1:dev, got ResourceNotFoundException\n";
		expect(await silence("list", "--table", "nowhere")).toMatchObject({ status: 1, err });
	}, 60_000);
});
