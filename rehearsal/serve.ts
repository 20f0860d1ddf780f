import type { Command } from "commander";
import { runAsProcess, scriptCommand } from "../commands/commandLine.ts";
import { say } from "../commands/terminal.ts";
import { readStackFile } from "./scenario/stackFile.ts";
import { emulatedKinds, emulatorOf } from "./vendors/emulators.ts";
import type { LiveLedger } from "./world/liveLedger.ts";
import type { ServedLedger } from "./world/servedLedger.ts";
import { type ServedWorld, serveDemo } from "./world/servedWorld.ts";

const vendors = emulatedKinds.map((kind) => emulatorOf(kind).name);

function command(): Command {
	return scriptCommand("world")
		.description(
			`Serves the emulators of Genesys Cloud, ${vendors.slice(0, -1).join(", ")} and ${vendors.slice(-1).join("")} on free loopback ports, in real time, with a demo organization and no resources.`,
		)
		.option(
			"--with-aws",
			"serve DynamoDB, SQS and Secrets Manager as well, with the ledger and the secrets of the stack dev as a story has left them: for npm run incidents and npm run rotate",
		)
		.option("--live", "serve DynamoDB and SQS as well, and let the functions of the stack dev run on its ledger: for npm run drill")
		.option("--json", "print one line of JSON and nothing else")
		.addHelpText("after", "\nIt runs until Ctrl-C. Nothing is kept, nothing leaves this machine.");
}

/** The servers keep the process alive. */
async function run(program: Command): Promise<number> {
	const { json = false, withAws = false, live = false } = program.opts<{ json?: boolean; withAws?: boolean; live?: boolean }>();
	if (withAws && live) program.error("Expected --with-aws or --live, got both: one ledger stands still, the other does not");
	const stack = withAws ? readStackFile("dev").settings.runtime : undefined;
	const world: World = {
		...(await serveDemo(stack)),
		...(withAws ? { ledger: await ledgerOf() } : {}),
		...(live ? { live: await liveOf() } : {}),
	};
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
	readonly live?: LiveLedger;
}

/** What it takes is only loaded where it is asked for. */
async function ledgerOf(): Promise<ServedLedger> {
	const [{ serveAccount }, { serveLedger }] = await Promise.all([import("./aws/servedAccount.ts"), import("./world/servedLedger.ts")]);
	return serveLedger(await serveAccount());
}

async function liveOf(): Promise<LiveLedger> {
	const [{ serveAccount }, { serveLive }] = await Promise.all([import("./aws/servedAccount.ts"), import("./world/liveLedger.ts")]);
	return serveLive(await serveAccount());
}

function describe({ genesys, vendors, ledger, live }: World): string {
	const address = ({ host, port }: { host: string; port: number }): string => `http://${host}:${port}`;
	return [
		`Genesys Cloud  ${address(genesys)}   organization ${genesys.organizationId}, ${genesys.organizationName}`,
		...Object.values(vendors).map(
			(vendor) => `${vendor.name.padEnd(14)} ${address(vendor)}   ${inWords([vendor.account, ...vendor.channels])}`,
		),
		...(ledger === undefined ? [] : ledgerLines(ledger)),
		...(live === undefined ? [] : liveLines(live)),
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
	`Ledger         ${endpoint}   DynamoDB, SQS and Secrets Manager of the stack ${stack}; no function runs on them`,
	"",
	"For the operator's command:",
	"",
	`  npm run incidents -- list --endpoint ${endpoint}`,
	`  npm run incidents -- acknowledge ${incidentKey} --by Ada --why "I am at the carrier" --endpoint ${endpoint}`,
	`  npm run incidents -- dlq --endpoint ${endpoint}`,
	"",
	"For npm run rotate, keep what is printed with --json in a file:",
	"",
	"  npm run -s world -- --with-aws --json > build/world.json &",
	"  npm run rotate -- list --world build/world.json",
];

const liveLines = ({ endpoint, stack, policy }: LiveLedger): readonly string[] => [
	`Ledger         ${endpoint}   of the stack ${stack}; its functions run on it, in real time`,
	"",
	"For a drill, and its answer a minute later:",
	"",
	`  npm run drill -- --policy ${policy} --by Ada --wait --endpoint ${endpoint}`,
	`  npm run incidents -- acknowledge inc:1:${stack}:drill:${policy} --by Ben --why "it reached me" --endpoint ${endpoint}`,
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
