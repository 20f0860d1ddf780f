import { Argument, type Command, InvalidArgumentError } from "commander";
import { runAsProcess, scriptCommand, wholeNumber } from "../commands/commandLine.ts";
import { say } from "../commands/terminal.ts";
import { incidentsInTable } from "./cutover/table.ts";
import { type Documents, DocumentsError, itemsOf, readDocuments } from "./report/documents.ts";
import { figuresOf } from "./report/figures/figures.ts";
import { isMonth, occurrencesIn } from "./report/figures/month.ts";
import { figuresText } from "./report/figures/text.ts";
import { PageFileError, writePage } from "./report/html/write.ts";
import { storyOfItems } from "./report/ledger/story.ts";
import { toldOf } from "./report/policyFacts.ts";
import { type Story, storyOf } from "./report/story.ts";
import { readStackFile, StackFileError, stackNames } from "./scenario/stackFile.ts";

const subjects = ["incident", "rehearsal", "figures"] as const;
type Subject = (typeof subjects)[number];

interface Flags {
	readonly table?: string;
	readonly from?: readonly string[];
	readonly key?: string;
	readonly occurrence?: number;
	readonly stack?: string;
	readonly month?: string;
	readonly html?: string;
	readonly json?: true;
}

function command(): Command {
	return scriptCommand("report")
		.description(
			"incident: what the ledger holds of a real incident, as one HTML file. rehearsal: the same of a rehearsal's JSON. figures: time to detect, to a proven page, to acknowledge and to resolve, page loss and noise, of a month or of files. Exit status: 0, or 2 for wrong input.",
		)
		.addArgument(new Argument("<what>", "what to report").choices(subjects))
		.option("--table <name>", "the DynamoDB table of a deployed stack's ledger, read with your own AWS credentials")
		.option(
			"--from <files...>",
			"files instead of a table: incidents as `aws dynamodb get-item`, `query` or `scan` print them, or rehearsals as --json prints them",
		)
		.option("--key <key>", "incident: its key, `inc:1:…`")
		.option("--occurrence <number>", "incident: which occurrence; by default all that the ledger still has", wholeNumber(1, 999_999))
		.option("--stack <name>", `incident: whose policies stand beside what happened: ${stackNames().join(", ")}`)
		.option("--month <month>", "figures: only what opened in this month, by UTC, such as 2026-11", monthOf)
		.option("--html <file>", "incident, rehearsal: the file that is written")
		.option("--json", "figures: print JSON instead");
}

function monthOf(text: string): string {
	if (isMonth(text)) return text;
	throw new InvalidArgumentError(`Expected a month such as 2026-11, got "${text}".`);
}

async function run(program: Command): Promise<number> {
	const flags = program.opts<Flags>();
	const subject: Subject = program.processedArgs[0];
	refuse(program, subject, flags);
	if (subject === "figures") printFigures(await documentsOf(flags), flags);
	else writePage(flags.html ?? "", subject === "rehearsal" ? rehearsalOf(readDocuments(flags.from ?? [])) : await incidentOf(flags));
	return 0;
}

/** What does not go together, before anything is read. */
function refuse(program: Command, subject: Subject, { table, from, key, occurrence, stack, month, html, json }: Flags): void {
	if ((table === undefined) === (from === undefined))
		program.error(`Expected --table or --from, got ${table === undefined ? "neither" : "both"}`);
	if (subject === "rehearsal" && table !== undefined)
		program.error("Expected --from beside rehearsal, got --table: a table holds incidents");
	if (subject === "incident" && table !== undefined && key === undefined) program.error("Expected --key beside --table, got none");
	if (subject !== "figures" && html === undefined) program.error(`Expected --html beside ${subject}, got none`);
	const others = {
		incident: { month, json },
		rehearsal: { key, occurrence, stack, month, json },
		figures: { key, occurrence, stack, html },
	};
	const [wrong] = Object.entries(others[subject]).find(([, value]) => value !== undefined) ?? [];
	if (wrong !== undefined) program.error(`Expected no --${wrong} beside ${subject}, got one`);
}

async function documentsOf({ table, from = [] }: Flags): Promise<Documents> {
	return table === undefined ? readDocuments(from) : { reports: [], items: itemsOf(await incidentsInTable(table), `table ${table}`) };
}

/** The incidents of one key, or of a file. */
async function incidentOf(flags: Flags): Promise<Story> {
	const { key, occurrence, stack } = flags;
	const policies = stack === undefined ? {} : toldOf(readStackFile(stack).settings.runtime.policies);
	const { items } = await documentsOf(flags);
	const found = items.filter(
		(item) => (key === undefined || item.key === key) && (occurrence === undefined || item.occurrence === occurrence),
	);
	const [first, ...others] = found.toSorted((one, other) => one.openedAt - other.openedAt);
	if (first !== undefined) return storyOfItems([first, ...others], policies);
	const known = [...new Set(items.map((item) => item.key))].slice(0, 10);
	throw new DocumentsError(
		`Expected an incident ${key ?? ""}${occurrence === undefined ? "" : ` (occurrence ${occurrence})`}, got none; there are: ${known.join(", ") || "none"}`,
	);
}

function rehearsalOf({ reports }: Documents): Story {
	const [report, second] = reports;
	if (report === undefined || second !== undefined) throw new DocumentsError(`Expected one rehearsal, got ${reports.length}`);
	return storyOf(report);
}

function printFigures(documents: Documents, { month, json, table, from = [] }: Flags): void {
	const figures = figuresOf(occurrencesIn(documents, month));
	const [file = "", ...others] = from;
	const what = `${table ?? (others.length === 0 ? file : `${from.length} files`)}${month === undefined ? "" : `, ${month} (UTC)`}`;
	if (json) console.log(JSON.stringify(figures));
	else say(figuresText(figures, what));
}

const isWrongInput = (error: unknown): error is Error =>
	error instanceof DocumentsError || error instanceof PageFileError || error instanceof StackFileError || isAwsError(error);

/** What AWS says of a table that is not there, and its client of credentials or a region that are not. */
const isAwsError = (error: unknown): error is Error =>
	error instanceof Error && ("$metadata" in error || error.name === "CredentialsProviderError" || error.message === "Region is missing");

await runAsProcess({ command, run, isWrongInput });
