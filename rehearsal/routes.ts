import { type Command, InvalidArgumentError } from "commander";
import * as z from "zod";
import { runAsProcess, scriptCommand } from "../commands/commandLine.ts";
import { say } from "../commands/terminal.ts";
import { conditionsOf, overseerRunbooks } from "../conditions/runbooks.ts";
import { locationOf } from "../functions/pipeline/detect/location.ts";
import { type Condition, conditions, type Named, type Severity, severities } from "../functions/pipeline/model/incident.ts";
import { type RouteFacts, route } from "../functions/pipeline/route/rules.ts";
import type { Hours, Route } from "../functions/pipeline/route/settings.ts";
import type { RuntimeSettings } from "../functions/pipeline/settings.ts";
import { ladderLines, stepsOf } from "./report/ladder.ts";
import { expectedOneOf } from "./scenario/oneOf.ts";
import { readStackFile, StackFileError, stackNames } from "./scenario/stackFile.ts";

interface Flags {
	readonly stack: string;
	readonly condition?: Condition;
	readonly severity?: Severity;
	readonly entity?: string;
	readonly queue?: string;
	readonly site?: string;
	readonly division?: string;
	readonly at?: number;
	readonly json?: true;
}

function command(): Command {
	return scriptCommand("routes")
		.description(
			"Says who is paged, when and how: all routes and policies of a stack, or those of one failure. Exit status: 0, or 2 for wrong input.",
		)
		.option("--stack <name>", `the stack whose settings are read: ${stackNames().join(", ")}`, "dev")
		.option("--condition <name>", `what is wrong: ${conditions.join(", ")}`, oneOf("a condition", conditions))
		.option(
			"--severity <name>",
			`what it counts as; by default what its runbook says: ${severities.join(", ")}`,
			oneOf("a severity", severities),
		)
		.option("--entity <name>", "the name or the id of what fails")
		.option("--queue <name>", "the name of the queue that it is about")
		.option("--site <name>", "the name or the id of the one site that it is at")
		.option("--division <name>", "the name or the id of its division")
		.option("--at <instant>", "when it opens, such as 2026-11-28T03:00Z; by default now", instantOf)
		.option("--json", "print JSON instead");
}

/** One of a closed set of words; the nearest one first where it is none. */
const oneOf =
	<const T extends string>(what: string, allowed: readonly T[]) =>
	(text: string): T => {
		const found = allowed.find((each) => each === text);
		if (found !== undefined) return found;
		throw new InvalidArgumentError(`Expected ${what}, ${expectedOneOf(text, allowed)}, got "${text}".`);
	};

function instantOf(text: string): number {
	// Seconds may be left out.
	const whole = text.replace(/(T\d\d:\d\d)(?=Z|[+-])/, "$1:00");
	if (z.iso.datetime({ offset: true }).safeParse(whole).success) return Date.parse(whole);
	throw new InvalidArgumentError(`Expected an instant with its zone, such as 2026-11-28T03:00Z, got "${text}".`);
}

function run(program: Command): number {
	const flags = program.opts<Flags>();
	const beside = (["severity", "entity", "queue", "site", "division", "at"] as const).find((name) => flags[name] !== undefined);
	if (flags.condition === undefined && beside !== undefined) program.error(`Expected --condition beside --${beside}, got none`);
	if (flags.entity !== undefined && flags.queue !== undefined) program.error("Expected --entity or --queue, got both");
	const { condition } = flags;
	const aboutQueues: readonly string[] = conditionsOf("queues");
	if (flags.queue !== undefined && condition !== undefined && !aboutQueues.includes(condition))
		program.error(`Expected --queue beside a condition that is about queues, ${aboutQueues.join(", ")}, got ${condition}`);
	const settings = readStackFile(flags.stack).settings.runtime;
	if (condition === undefined) printAll(settings, flags);
	else printRoute(settings, { ...flags, condition });
	return 0;
}

function printAll(settings: RuntimeSettings, { stack, json }: Flags): void {
	if (json) console.log(JSON.stringify(wholeOf(settings)));
	else say(wholeText(stack, settings));
}

/** Everything, for a machine. */
const wholeOf = ({ policies, hours = {}, routes }: RuntimeSettings) => ({
	routes,
	hours,
	policies: Object.fromEntries(Object.entries(policies).map(([name, policy]) => [name, stepsOf(policy)])),
});

function wholeText(stack: string, { policies, hours = {}, routes }: RuntimeSettings): string {
	return [
		`Routes of stack ${stack}: the first that fits decides`,
		...routes.map((each, index) => `  ${index + 1}  ${routeText(each)}`),
		...Object.entries(hours).map(([name, each]) => `Hours ${name}: ${hoursText(each)}`),
		...Object.entries(policies).flatMap(([name, policy]) => ["", `Policy ${name}`, ...ladderLines(policy).map((line) => `  ${line}`)]),
	].join("\n");
}

function routeText({ match = {}, hours, policy, severity }: Route): string {
	const matchers = Object.entries(match).map(([name, values]) => `${name} ${values.join(" or ")}`);
	const within = hours === undefined ? [] : [`within ${hours}`];
	const words = [...matchers, ...within];
	return `${words.length === 0 ? "everything else" : words.join(", ")} → ${policy}${severity === undefined ? "" : `, counts as ${severity}`}`;
}

const hoursText = ({ days, from, to, zone }: Hours): string => `${days.join(", ")} from ${from} to ${to}, ${zone}`;

/** Which route takes one failure, and who is paged by it. */
function printRoute(settings: RuntimeSettings, flags: Flags & { readonly condition: Condition }): void {
	const facts = factsOf(settings, flags);
	const at = flags.at ?? Date.now();
	const routed = route(settings, facts, at);
	const policy = settings.policies[routed.policy];
	if (policy === undefined) return;
	if (flags.json) {
		console.log(JSON.stringify({ at: new Date(at).toISOString(), ...facts, routed, pages: stepsOf(policy) }));
		return;
	}
	say(
		[
			`At ${new Date(at).toISOString()}: ${routed.words} → policy ${routed.policy}, severity ${routed.severity}`,
			...ladderLines(policy).map((line) => `  ${line}`),
		].join("\n"),
	);
}

/** Without a name only routes that ask for none, or for any, can fit. */
function factsOf(
	{ runbooks }: RuntimeSettings,
	{ condition, severity, entity, queue, site, division }: Flags & { readonly condition: Condition },
): RouteFacts {
	const byWord = (word: string | undefined): Named | undefined => (word === undefined ? undefined : { id: word, name: word });
	const own = overseerRunbooks.find(({ name }) => name === condition)?.severity;
	const name = entity ?? queue ?? "";
	return {
		condition,
		severity: severity ?? runbooks[condition]?.severity ?? own ?? "high",
		entities: [{ id: name, name, ...locationOf(byWord(site), byWord(division)) }],
	};
}

const isWrongInput = (error: unknown): error is Error => error instanceof StackFileError;

await runAsProcess({ command, run, isWrongInput });
