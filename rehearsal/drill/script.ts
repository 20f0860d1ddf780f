import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Argument, type Command } from "commander";
import { type Script, scriptCommand } from "../../commands/commandLine.ts";
import { type DrillPorts, readDrills, requestDrill } from "../../functions/pipeline/drill/operate.ts";
import { mostRequests } from "../../functions/pipeline/drill/records.ts";
import { longestSeconds } from "../../functions/pipeline/drill/rules.ts";
import { drillSettingsOf } from "../../functions/pipeline/drill/settings.ts";
import { pollerKey } from "../../functions/pipeline/model/keys.ts";
import { longestOf } from "../../functions/pipeline/operate/rules.ts";
import { policyOf } from "../../functions/pipeline/route/policy.ts";
import type { RuntimeSettings } from "../../functions/pipeline/settings.ts";
import { type Account, openAccount } from "../incidents/account.ts";
import { lineOf, loopbackOf } from "../incidents/flags.ts";
import { onAccount } from "../incidents/script.ts";
import { wrapped } from "../incidents/text.ts";
import { WrongInput } from "../incidents/wrongInput.ts";
import { expectedOneOf } from "../scenario/oneOf.ts";
import { StackFileError, stackNames } from "../scenario/stackFile.ts";
import { drillsText, verdictText } from "./text.ts";
import { followDrill } from "./wait.ts";

const whats = ["begin", "list"] as const;
type What = (typeof whats)[number];

interface Flags {
	readonly stack: string;
	readonly table?: string;
	readonly endpoint?: string;
	readonly policy?: string;
	readonly by?: string;
	readonly wait?: true;
	readonly json?: true;
}

function command(): Command {
	return scriptCommand("drill")
		.description(
			"Drills a policy: an incident marked [DRILL] takes the whole way of a failure, from the queue to a person's answer, and ends by itself. list: the last drills, what came of them, and when the next ones are. Exit status: 0 asked for, or with --wait passed; 1 not, or with --wait failed; 2 wrong input.",
		)
		.addArgument(new Argument("[what]", "what to do").choices(whats).default("begin"))
		.option("--policy <name>", "whose drill: a policy of the stack")
		.option("--by <name>", "who asks for it, for whoever is paged", lineOf("a name", longestOf.by))
		.option("--wait", "follow it to what came of it")
		.option("--stack <name>", `whose ledger: ${stackNames().join(", ")}`, "dev")
		.option("--table <name>", "the ledger's table, where it has another name than the stack's settings make")
		.option("--endpoint <address>", "a served world on this machine (npm run world -- --live) instead of AWS", loopbackOf)
		.option("--json", "print JSON instead")
		.addHelpText("after", "\nAgainst AWS it uses your own credentials, by the usual chain of AWS, and the region of the stack's settings.");
}

async function run(program: Command): Promise<number> {
	const [what] = program.processedArgs as [What];
	const flags = program.opts<Flags>();
	refuseMisuse(program, what, flags);
	const account = openAccount(flags);
	return onAccount(account, async () => {
		const ports = await drillPorts(account, flags.stack);
		return what === "list" ? list(account, ports, flags) : begin(account, ports, flags);
	});
}

function refuseMisuse(program: Command, what: What, flags: Flags): void {
	const options = (["policy", "by"] as const).filter((name) => (flags[name] === undefined) === (what === "begin"));
	const names = options.map((name) => `--${name}`).join(" and ");
	if (what === "begin" && options.length > 0) program.error(`Expected ${names} of a drill, got none`);
	if (what === "list" && options.length > 0) program.error(`Expected no ${names} beside list, got one`);
	if (what === "list" && flags.wait) program.error("Expected no --wait beside list, got one");
}

/** A drill that is asked for in another stack's ledger would be begun by nobody. Throws WrongInput, EdgeError. */
async function drillPorts({ ledger, settings: { environment }, where }: Account, stack: string): Promise<DrillPorts> {
	if ((await ledger.read(pollerKey(environment))) === undefined)
		throw new WrongInput(`Expected the ledger of stack ${stack}, which its poller writes to, got one that it never wrote to (${where})`);
	return { ledger, environment };
}

async function list({ settings, clock }: Account, ports: DrillPorts, { json }: Flags): Promise<number> {
	const item = await readDrills(ports);
	const { requests, running, ended } = item;
	console.log(json ? JSON.stringify({ requests, running, ended }) : drillsText(item, drillSettingsOf(settings).schedule, clock.now()));
	return 0;
}

async function begin({ settings, clock }: Account, ports: DrillPorts, { policy = "", by = "", wait, json }: Flags): Promise<number> {
	const known = Object.keys(settings.policies);
	if (!known.includes(policy)) throw new WrongInput(`--policy: expected ${expectedOneOf(policy, known)}, got "${policy}"`);
	const id = `drill-${randomBytes(4).toString("hex")}`;
	const request = { id, policy, by, at: clock.now() };
	if ((await requestDrill(ports, request)) === "full") {
		console.error(`Expected fewer than ${mostRequests} drills to wait, got as many: is the overseer running?`);
		return 1;
	}
	if (wait) return follow(ports, id, longestWait(settings, policy), json);
	print(json, request, `Asked for a drill of ${policy}: it begins within a minute. npm run drill -- list says what came of it.`);
	return 0;
}

async function follow(ports: DrillPorts, id: string, milliseconds: number, json: true | undefined): Promise<number> {
	const clock = { now: () => Date.now(), sleep: (pause: number) => sleep(pause) };
	// Progress is no result: a pipe gets the verdict and nothing else.
	const outcome = await followDrill(ports, id, { clock, milliseconds, say: (text) => console.error(wrapped(text).join("\n")) });
	if (outcome === undefined) {
		console.error(
			wrapped("Expected the drill to come to its end in its time, got none: is the overseer running? Its alarms say so.").join("\n"),
		);
		return 1;
	}
	print(json, outcome, `The drill of ${outcome.policy} ${verdictText(outcome)}`);
	return outcome.verdict === "passed" ? 0 : 1;
}

const print = (json: true | undefined, document: object, text: string): void =>
	console.log(json ? JSON.stringify(document) : wrapped(text).join("\n"));

/** A tick that comes late. */
const tickSeconds = 180;

/** Longer no drill can take, from the asking to its end. */
function longestWait(settings: RuntimeSettings, policy: string): number {
	const { startWithinSeconds, provenWithinSeconds, closeAfterSeconds } = drillSettingsOf(settings);
	const longest = longestSeconds(policyOf(settings, { policy }));
	return (startWithinSeconds + provenWithinSeconds + longest + closeAfterSeconds + tickSeconds) * 1000;
}

const isWrongInput = (error: unknown): error is Error => error instanceof WrongInput || error instanceof StackFileError;

/** `npm run drill`. */
export const drillScript: Script = { command, run, isWrongInput };
