import { Argument, type Command } from "commander";
import { type Script, scriptCommand, wholeNumber } from "../../commands/commandLine.ts";
import { say } from "../../commands/terminal.ts";
import { isTaken, longestOf, operations } from "../../functions/pipeline/operate/rules.ts";
import { EdgeError } from "../../functions/pipeline/ports.ts";
import { StackFileError, stackNames } from "../scenario/stackFile.ts";
import { type Account, openAccount } from "./account.ts";
import { actOn, doneText, known } from "./act.ts";
import { dropLetter, type Letters, lettersText, listLetters, redriveLetters } from "./dlq.ts";
import { lineOf, loopbackOf } from "./flags.ts";
import { showText } from "./show.ts";
import { inOrder, listText } from "./text.ts";
import { viewOf, wholeViewOf } from "./view.ts";
import { WrongInput } from "./wrongInput.ts";

const whats = ["list", "show", ...operations, "dlq"] as const;
type What = (typeof whats)[number];

interface Flags {
	readonly stack: string;
	readonly table?: string;
	readonly endpoint?: string;
	readonly by?: string;
	readonly why?: string;
	readonly closed?: true;
	readonly redrive?: true;
	readonly drop?: string;
	readonly most: number;
	readonly dryRun?: true;
	readonly json?: true;
}

function command(): Command {
	return scriptCommand("incidents")
		.description(
			"Shows a stack's incidents and acts on them by hand: list, show KEY, acknowledge KEY, resolve KEY, again KEY (tells everybody again from tier 1), dlq (dead letters of the dispatch queue). Every act has a name and a reason, which stand at the incident. Exit status: 0 done, 1 not done and why, 2 wrong input.",
		)
		.addArgument(new Argument("<what>", "what to do").choices(whats))
		.argument("[key]", "the key of the incident, as the list and every page have it")
		.option("--by <name>", "who acts", lineOf("a name", longestOf.by))
		.option("--why <reason>", "why", lineOf("a reason", longestOf.why))
		.option("--dry-run", "say what would happen, and do nothing")
		.option("--closed", "list: the closed ones instead, as long as they are kept")
		.option("--redrive", "dlq: sends them back to the queue, the oldest first")
		.option("--drop <id>", "dlq: deletes the one of this id")
		.option("--most <number>", "dlq: how many at most", wholeNumber(1, 1000), 100)
		.option("--stack <name>", `whose ledger and queues: ${stackNames().join(", ")}`, "dev")
		.option("--table <name>", "the ledger's table, where it has another name than the stack's settings make")
		.option("--endpoint <address>", "a served world on this machine (npm run world -- --with-aws) instead of AWS", loopbackOf)
		.option("--json", "print JSON instead")
		.addHelpText("after", "\nAgainst AWS it uses your own credentials, by the usual chain of AWS, and the region of the stack's settings.");
}

/** How the options are given wrongly; each belongs to some commands. */
function refuseMisuse(program: Command, what: What, key: string | undefined, flags: Flags): void {
	const isAct = operations.some((each) => each === what);
	if ((isAct || what === "show") && key === undefined) program.error(`Expected the key of an incident behind ${what}, got none`);
	if (!isAct && what !== "show" && key !== undefined) program.error(`Expected nothing behind ${what}, got "${key}"`);
	if (flags.closed && what !== "list") program.error(`Expected --closed with list only, got it with ${what}`);
	if ((flags.redrive || flags.drop !== undefined) && what !== "dlq")
		program.error(`Expected --redrive and --drop with dlq only, got them with ${what}`);
	if (flags.redrive && flags.drop !== undefined) program.error("Expected --redrive or --drop, got both");
	const acts = isAct || flags.redrive === true || flags.drop !== undefined;
	const missing = (["by", "why"] as const).filter((name) => acts && flags[name] === undefined);
	if (missing.length > 0)
		program.error(`Expected --by <name> and --why <reason> for ${what}, got no ${missing.map((name) => `--${name}`).join(" and no ")}`);
}

async function run(program: Command): Promise<number> {
	const [what, key = ""] = program.processedArgs as [What, string | undefined];
	const flags = program.opts<Flags>();
	refuseMisuse(program, what, program.processedArgs[1], flags);
	const account = openAccount(flags);
	return onAccount(account, () => carryOut(account, what, key, flags));
}

/** Works on an account, and ends it. What AWS says no to is told with what a person does about it. Throws WrongInput. */
export async function onAccount(account: Account, work: () => Promise<number>): Promise<number> {
	try {
		return await work();
	} catch (error) {
		if (!(error instanceof EdgeError)) throw error;
		throw new WrongInput(`${error.message} (${account.where}); ${hintOf(error)}`);
	} finally {
		account.end();
	}
}

/** What a person does about it. */
function hintOf({ reason }: EdgeError): string {
	if (reason === "unauthorized" || reason === "forbidden")
		return "expected AWS credentials that may use the ledger's table and the queues: docs/operations.md, By hand";
	if (reason === "not-found") return "expected what --stack, --table or --endpoint name to be there";
	return "try again; acting twice does no harm";
}

async function carryOut(account: Account, what: What, key: string, flags: Flags): Promise<number> {
	const { by = "", why = "", dryRun = false } = flags;
	switch (what) {
		case "list":
			return list(account, flags);
		case "show":
			return show(account, key, flags);
		case "dlq":
			return dlq(account, flags, { by, why, dryRun });
		default: {
			const done = await actOn(account, key, { act: what, by, why }, dryRun);
			if (flags.json) console.log(JSON.stringify(done));
			else say(doneText(done));
			return isTaken(done.reason) ? 0 : 1;
		}
	}
}

async function list(account: Account, { closed, json }: Flags): Promise<number> {
	const what = closed ? "closed" : "open";
	const incidents = inOrder(await account[what](), what);
	const now = account.clock.now();
	if (json) console.log(JSON.stringify(incidents.map((incident) => viewOf(account.settings, incident, now))));
	else say(listText(incidents, now, what));
	return 0;
}

async function show(account: Account, key: string, { json }: Flags): Promise<number> {
	const incident = await known(account, key);
	const now = account.clock.now();
	if (json) console.log(JSON.stringify(wholeViewOf(account.settings, incident, now)));
	else say(showText(account.settings, incident, now));
	return 0;
}

async function dlq(account: Account, flags: Flags, how: Parameters<typeof dropLetter>[2]): Promise<number> {
	const letters = await lettersOf(account, flags, how);
	if (flags.json) console.log(JSON.stringify(letters));
	else say(lettersText(letters, account.clock.now()));
	return letters.letters.some(({ did }) => did === "left") ? 1 : 0;
}

function lettersOf(account: Account, { redrive, drop, most }: Flags, how: Parameters<typeof dropLetter>[2]): Promise<Letters> {
	if (drop !== undefined) return dropLetter(account, drop, how);
	return redrive ? redriveLetters(account, most, how) : listLetters(account, most);
}

const isWrongInput = (error: unknown): error is Error => error instanceof WrongInput || error instanceof StackFileError;

/** `npm run incidents`. */
export const incidentsScript: Script = { command, run, isWrongInput };
