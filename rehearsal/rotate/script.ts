import { Argument, type Command } from "commander";
import { type Script, scriptCommand } from "../../commands/commandLine.ts";
import { InputFileError } from "../../doctor/inputFiles.ts";
import { progress } from "../../doctor/progress.ts";
import { longestOf } from "../../functions/pipeline/operate/rules.ts";
import { EdgeError } from "../../functions/pipeline/ports.ts";
import { lineOf, tunnelOf } from "../incidents/flags.ts";
import { WrongInput } from "../incidents/wrongInput.ts";
import { expectedOneOf } from "../scenario/oneOf.ts";
import { readStackFile, StackFileError, stackNames } from "../scenario/stackFile.ts";
import { realClock } from "../world/clock.ts";
import { openRotation, type PlaceFlags, type RotationAccount } from "./account.ts";
import { beginRotation, cancelRotation, finishRotation, type Stepped } from "./act.ts";
import { listText } from "./list.ts";
import { NewValueError, newValue } from "./newValue.ts";
import { otherWay } from "./otherWay.ts";
import { credentialsOfStack, isRotatable, type RotatableSecret, type StackCredential } from "./rotatable.ts";
import { toldOf } from "./told.ts";

const whats = ["list", "begin", "finish", "cancel"] as const;
type What = (typeof whats)[number];

interface Flags extends PlaceFlags {
	readonly stack: string;
	readonly secret?: string;
	readonly file?: string;
	readonly by?: string;
	readonly why?: string;
	readonly unchecked?: boolean;
	readonly json?: true;
}

function command(): Command {
	return scriptCommand("rotate")
		.description(
			"Rotates a credential of a deployed stack without losing a page: two are valid until the old one is revoked. list: every credential, its age, its versions and when it was taken or refused. begin CREDENTIAL: reads the new value, asks the vendor whether it takes it, and stores it beside the current one. finish CREDENTIAL: the new one is current. cancel CREDENTIAL: the new one is forgotten. Each may be asked again. Exit status: 0 done, 1 not done and why, 2 wrong input.",
		)
		.addArgument(new Argument("<what>", "what to do").choices(whats))
		.argument("[credential]", "its name, as list has it")
		.option("--by <name>", "who answers for it", lineOf("a name", longestOf.by))
		.option("--why <reason>", "why", lineOf("a reason", longestOf.why))
		.option("--secret <name>", "begin: which of the credential's secrets, where it has several")
		.option("--file <path>", "begin: a file with the new value; standard input when absent")
		.option("--unchecked", "begin: store it although its vendor does not take it yet, or nothing shows it")
		.option("--stack <name>", `the stack: ${stackNames().join(", ")}`, "dev")
		.option("--table <name>", "the ledger's table, where it has another name than the stack's settings make")
		.option("--endpoint <address>", "where a tunnel to the ledger begins, if it is in Redis: such as rediss://127.0.0.1:6379", tunnelOf)
		.option("--world <path>", 'a served world instead: the output of "npm run -s world -- --with-aws --json"')
		.option("--json", "print JSON instead")
		.addHelpText("after", help);
}

const help = `
The new value is never an argument: others on the machine could read it.
  pbpaste | npm run -s rotate -- begin twilio --by Ada --why yearly --stack prod
It uses your own AWS credentials, by the usual chain, in the stack's region.`;

/** How the options are given wrongly. */
function refuseMisuse(program: Command, what: What, name: string | undefined, flags: Flags): void {
	if (what === "list" && name !== undefined) program.error(`Expected nothing behind list, got "${name}"`);
	if (what !== "list" && name === undefined) program.error(`Expected the name of a credential behind ${what}, got none`);
	const missing = (["by", "why"] as const).filter((each) => what !== "list" && flags[each] === undefined);
	if (missing.length > 0)
		program.error(`Expected --by <name> and --why <reason> for ${what}, got no ${missing.map((each) => `--${each}`).join(" and no ")}`);
	const only = (["secret", "file", "unchecked"] as const).find((each) => what !== "begin" && flags[each] !== undefined);
	if (only !== undefined) program.error(`Expected --${only} with begin only, got it with ${what}`);
}

async function run(program: Command): Promise<number> {
	const [given = "list", name] = program.args;
	const what = whats.find((each) => each === given) ?? "list";
	const flags = program.opts<Flags>();
	refuseMisuse(program, what, name, flags);
	const file = readStackFile(flags.stack);
	const credentials = credentialsOfStack(file.settings);
	const chosen = what === "list" ? undefined : chosenOf(credentials, name ?? "");
	if (chosen !== undefined && !isRotatable(chosen)) {
		console.log(otherWay(chosen, flags.stack).join("\n"));
		return 1;
	}
	const { track, end } = progress((line) => console.error(line));
	const account = openRotation(file, flags, track);
	try {
		return chosen === undefined ? await list(account, credentials, flags) : await step(account, chosen, what, flags);
	} catch (error) {
		if (!(error instanceof EdgeError)) throw error;
		console.error(error.message);
		return 1;
	} finally {
		end();
		account.end();
	}
}

function chosenOf(credentials: readonly StackCredential[], name: string): StackCredential {
	const found = credentials.find((each) => each.name === name);
	if (found !== undefined) return found;
	const known = credentials.map((each) => each.name);
	throw new WrongInput(`Expected a credential of the stack, ${expectedOneOf(name, known)}, got "${name}"`);
}

async function list(account: RotationAccount, credentials: readonly StackCredential[], { json }: Flags): Promise<number> {
	const all = await account.list(credentials);
	console.log(json ? JSON.stringify(all) : listText(all, realClock.now()));
	return 0;
}

async function step(account: RotationAccount, credential: RotatableSecret, what: What, flags: Flags): Promise<number> {
	const asked = what === "begin" ? askedBegin(credential, flags) : undefined;
	if (!(await account.isOfStack()))
		throw new WrongInput(`Expected the ledger of stack ${flags.stack}, which its poller writes to, got a table that it never did`);
	const stepped = await taken(account, credential, what, flags, asked);
	const { lines, status } = toldOf(credential, flags.stack, stepped);
	console.log(flags.json ? JSON.stringify({ credential: credential.name, ...stepped }) : lines.join("\n"));
	return status;
}

/** Reads the new value before anything is asked: a mistake in it is wrong input. */
function askedBegin(credential: RotatableSecret, { secret, file, unchecked = false }: Flags) {
	const [only, ...more] = credential.secrets;
	const name = secret ?? (more.length === 0 ? only : undefined);
	if (name === undefined || !credential.secrets.includes(name))
		throw new WrongInput(`Expected --secret ${credential.secrets.join(" or --secret ")} for ${credential.name}, got ${secret ?? "none"}`);
	return { secret: name, value: newValue(file, credential.sort), unchecked };
}

function taken(
	account: RotationAccount,
	credential: RotatableSecret,
	what: What,
	{ by: who = "", why = "" }: Flags,
	begin: ReturnType<typeof askedBegin> | undefined,
): Promise<Stepped> {
	const ports = account.ports(credential);
	if (begin !== undefined) return beginRotation(ports, credential, { ...begin, who, why });
	return what === "finish" ? finishRotation(ports, credential, { who, why }) : cancelRotation(ports, credential, { who, why });
}

/** The command; what it cannot take is wrong input. */
export const rotateScript: Script = {
	command,
	run,
	isWrongInput: (error): error is Error =>
		error instanceof WrongInput || error instanceof NewValueError || error instanceof InputFileError || error instanceof StackFileError,
};
