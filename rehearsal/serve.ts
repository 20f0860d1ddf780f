import type { Command } from "commander";
import { runAsProcess, scriptCommand } from "../commands/commandLine.ts";
import { say } from "../commands/terminal.ts";
import { emulatedKinds, emulatorOf } from "./vendors/emulators.ts";
import type { ServedLedger } from "./world/servedLedger.ts";
import { type ServedWorld, serveDemo } from "./world/servedWorld.ts";

const vendors = emulatedKinds.map((kind) => emulatorOf(kind).name);

function command(): Command {
	return scriptCommand("world")
		.description(
			`Serves the emulators of Genesys Cloud, ${vendors.slice(0, -1).join(", ")} and ${vendors.slice(-1).join("")} on free loopback ports, in real time, with a demo organization and no resources.`,
		)
		.option("--with-aws", "serve DynamoDB and SQS as well, with the ledger of the stack dev as a story has left it: for npm run incidents")
		.option("--json", "print one line of JSON and nothing else")
		.addHelpText("after", "\nIt runs until Ctrl-C. Nothing is kept, nothing leaves this machine.");
}

/** The servers keep the process alive. */
async function run(program: Command): Promise<number> {
	const { json = false, withAws = false } = program.opts<{ json?: boolean; withAws?: boolean }>();
	const world: World = { ...(await serveDemo()), ...(withAws ? { ledger: await ledgerOf() } : {}) };
	// Open keep-alive connections of clients would hold the process: end it at once.
	for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(0));
	endWithNpm();
	if (json) console.log(JSON.stringify(world));
	else say(describe(world));
	return 0;
}

/** npm hands a SIGTERM to its shell only, which dies of it and leaves this process behind: it notices by its parent. */
function endWithNpm(): void {
	const parent = process.ppid;
	if (process.env.npm_lifecycle_event !== "world") return;
	setInterval(() => {
		if (process.ppid !== parent) process.exit(0);
	}, 200).unref();
}

interface World extends ServedWorld {
	readonly ledger?: ServedLedger;
}

/** What it takes is only loaded where it is asked for. */
async function ledgerOf(): Promise<ServedLedger> {
	const [{ serveAccount }, { serveLedger }] = await Promise.all([import("./aws/servedAccount.ts"), import("./world/servedLedger.ts")]);
	return serveLedger(await serveAccount());
}

function describe({ genesys, vendors, ledger }: World): string {
	const address = ({ host, port }: { host: string; port: number }): string => `http://${host}:${port}`;
	return [
		`Genesys Cloud  ${address(genesys)}   organization ${genesys.organizationId}, ${genesys.organizationName}`,
		...Object.values(vendors).map(
			(vendor) => `${vendor.name.padEnd(14)} ${address(vendor)}   ${inWords([vendor.account, ...vendor.channels])}`,
		),
		...(ledger === undefined ? [] : ledgerLines(ledger)),
		"",
		"For the provider, in a stack's configuration file:",
		"",
		"  genesyscloud:gateways:",
		`    - host: ${genesys.host}`,
		`      port: "${genesys.port}"`,
		"      protocol: http",
		"  genesyscloud:tokenPoolSize: 1",
		"  genesyscloud:customRetryTimeout: 0s",
		"",
		"and in its environment (a client of this emulator only, gone when it ends):",
		"",
		`  export GENESYSCLOUD_OAUTHCLIENT_ID=${genesys.clientId}`,
		`  export GENESYSCLOUD_OAUTHCLIENT_SECRET=${genesys.clientSecret}`,
		"",
		"Ctrl-C ends it.",
	].join("\n");
}

const ledgerLines = ({ endpoint, stack, incidentKey }: ServedLedger): readonly string[] => [
	`Ledger         ${endpoint}   DynamoDB and SQS of the stack ${stack}; no function runs on them`,
	"",
	"For the operator's command:",
	"",
	`  npm run incidents -- list --endpoint ${endpoint}`,
	`  npm run incidents -- acknowledge ${incidentKey} --by Ada --why "I am at the carrier" --endpoint ${endpoint}`,
	`  npm run incidents -- dlq --endpoint ${endpoint}`,
];

const inWords = (settings: readonly Readonly<Record<string, string>>[]): string =>
	settings
		.map((each) =>
			Object.entries(each)
				.map((setting) => setting.join(" "))
				.join(", "),
		)
		.join("; ");

await runAsProcess({ command, run });
