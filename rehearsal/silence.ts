import { randomBytes } from "node:crypto";
import { Argument, type Command } from "commander";
import { runAsProcess, scriptCommand } from "../commands/commandLine.ts";
import { say, tell } from "../commands/terminal.ts";
import { EdgeError } from "../functions/pipeline/ports.ts";
import { mostSilences, type SilenceByHand } from "../functions/pipeline/silence/byHand.ts";
import { beginSilence, endSilence, listSilences, type OperatePorts } from "../functions/pipeline/silence/operate.ts";
import { silencesAt } from "../functions/pipeline/silence/rules.ts";
import { WrongInput } from "./incidents/wrongInput.ts";
import { readStackFile, StackFileError, stackNames } from "./scenario/stackFile.ts";
import { type AskedSilence, SilenceError, wantedSilence } from "./silence/asked.ts";
import { line, silencesText } from "./silence/listed.ts";
import { type OpenedPorts, operatorPorts } from "./silence/ports.ts";

interface Flags extends Partial<Omit<AskedSilence, "match">> {
	readonly stack: string;
	readonly table?: string;
	readonly endpoint?: string;
	readonly match: readonly string[];
	readonly json?: true;
}

function command(): Command {
	return scriptCommand("silence")
		.description(
			"Silences failures of a deployed stack by hand, with your own AWS credentials. add: what opens from now on is recorded and pages nobody, for at most 24 hours; what was paged before goes on. list: what is silenced now, by hand and by the windows of the stack's file. end: ends one early; what still fails is paged within a minute. Exit status: 0 done, 1 it could not be done, 2 wrong input.",
		)
		.addArgument(new Argument("<what>", "what to do").choices(["add", "list", "end"]))
		.argument("[id]", "the silence to end, as list names it")
		.option("--stack <name>", `the stack: ${stackNames().join(", ")}`, "dev")
		.option(
			"--table <name>",
			"the DynamoDB table of its ledger, or what its keys in Redis begin with; by default what the stack's file makes",
		)
		.option(
			"--match <matcher=value>",
			"what it is about, as in routes; several matchers must all fit, several values of one are alternatives",
			collected,
			[],
		)
		.option("--for <span>", "how long, such as 90m or 2h; at most 24h")
		.option("--why <text>", "why nobody has to hear of it, for the timeline")
		.option("--by <name>", "who answers for it")
		.option("--endpoint <url>", "another endpoint of DynamoDB than that of AWS, or where a tunnel to a Redis server begins")
		.option("--json", "print JSON instead");
}

const collected = (value: string, before: readonly string[]): readonly string[] => [...before, value];

async function run(program: Command): Promise<number> {
	const [what, id] = program.args;
	const flags = program.opts<Flags>();
	refuseMisuse(program, what, id, flags);
	const file = readStackFile(flags.stack);
	const wanted = what === "add" ? wantedSilence({ why: "", by: "", for: "", ...flags }) : undefined;
	let ports: OpenedPorts | undefined;
	try {
		ports = await operatorPorts(file, flags);
		if (wanted !== undefined) {
			const from = ports.clock.now();
			const { seconds, ...silence } = wanted;
			return await add(ports, { ...silence, id: `silence-${randomBytes(3).toString("hex")}`, from, until: from + seconds * 1000 }, flags);
		}
		return what === "end" && id !== undefined ? await end(ports, id) : await list(ports, file.settings.runtime.windows ?? [], flags);
	} catch (error) {
		if (!(error instanceof EdgeError)) throw error;
		tell(error.message);
		return 1;
	} finally {
		ports?.end();
	}
}

function refuseMisuse(program: Command, what: string | undefined, id: string | undefined, flags: Flags): void {
	if (what === "end" && id === undefined) program.error("Expected the id of a silence, as list names it, got none");
	if (what !== "end" && id !== undefined) program.error(`Expected nothing behind ${what}, got "${id}"`);
	const needed = (["for", "why", "by"] as const).filter((name) => flags[name] === undefined);
	if (what === "add" && needed.length > 0) program.error(`Expected ${needed.map((name) => `--${name}`).join(", ")} beside add, got none`);
	const given = (["for", "why", "by"] as const).filter((name) => flags[name] !== undefined);
	if (what !== "add" && (given.length > 0 || flags.match.length > 0))
		program.error(`Expected --${given[0] ?? "match"} beside add only, got ${what}`);
}

async function add(ports: OperatePorts, silence: SilenceByHand, { json }: Flags): Promise<number> {
	if ((await beginSilence(ports, silence)) === "full") {
		tell(`Expected fewer than ${mostSilences} silences at once, got as many: end one first`);
		return 1;
	}
	const { id, from, ...rest } = silence;
	if (json) console.log(JSON.stringify(silence));
	else say(`Silenced. ${line(id, rest, from)}`);
	return 0;
}

async function end(ports: OperatePorts, id: string): Promise<number> {
	if ((await endSilence(ports, id)) === "unknown") {
		const known = (await listSilences(ports)).map((silence) => silence.id);
		tell(`Expected a silence in effect, got "${id}"; allowed: ${known.length === 0 ? "none, there are none" : known.join(", ")}`);
		return 1;
	}
	say(`Ended ${id}: what still fails is paged within a minute`);
	return 0;
}

async function list(ports: OperatePorts, windows: Parameters<typeof silencesAt>[0], { json }: Flags): Promise<number> {
	const now = ports.clock.now();
	const byHand = await listSilences(ports);
	const open = silencesAt(windows, [], now);
	if (json) console.log(JSON.stringify({ byHand, windows: open }));
	else say(silencesText(byHand, open, now));
	return 0;
}

const isWrongInput = (error: unknown): error is Error =>
	error instanceof SilenceError || error instanceof WrongInput || error instanceof StackFileError;

await runAsProcess({ command, run, isWrongInput });
