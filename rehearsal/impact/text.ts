import type { Impact, StackImpact } from "./impact.ts";
import { rowsOf, seenIn } from "./rows.ts";
import { joined, own, plain, type Said, say } from "./said.ts";
import { brokenWords, cloudWords, playsWords, settingsWords, unfitWords, verdictWords } from "./words.ts";

/** For a terminal, which breaks what is too long; the verdict comes last. */
export function impactText(impact: Impact, accepted: ReadonlySet<string>): string {
	const { from, to, stacks, added, losses } = impact;
	return [
		plain(say`Who is paged: ${from} → ${to}`),
		...stacks.flatMap((each) => ["", ...stackLines(each)]),
		...added.flatMap((stack) => ["", plain(say`Stack ${stack}: new, there is nothing to compare`)]),
		...section(
			"Loss of cover",
			losses.map(({ id, reason }) => say`${own(accepted.has(id) ? "✓ accepted" : "✗")} ${id}: ${reason}`),
			0,
		),
		"",
		...line(verdictWords(impact, accepted), 0),
	].join("\n");
}

function stackLines(impact: StackImpact): readonly string[] {
	const { stack, cloud, shown, broken, plays, pictures } = impact;
	const changes = cloud.changes.map(
		({ action, type, name, properties }) =>
			say`${own(action.padEnd(7))} ${type} ${name}${own(properties.length === 0 ? "" : ": ")}${all(properties)}`,
	);
	const flows = pictures.map(({ policy, states }) => {
		const changed = states.filter(({ mark }) => mark !== "same").map(({ name }) => name);
		return say`policy ${policy}: ${own(changed.length === 0 ? "new" : changed.join(", "))}`;
	});
	return [
		plain(say`Stack ${stack}`),
		...line(playsWords(impact), 2),
		...section("In the settings", settingsWords(impact), 2),
		...section(
			"In the rehearsals",
			[...rowsOf(shown).map((row) => say`${row.condition}: ${row.who}: ${row.what}; ${seenIn(row)}`), ...broken.map(brokenWords)],
			2,
		),
		...section("Not compared", plays.doNotFit.map(unfitWords), 2),
		...section(`In the cloud: ${cloudWords(cloud)}`, changes, 2),
		...section("Workflows that change", flows, 2),
	];
}

const all = (names: readonly string[]): Said =>
	joined(
		names.map((name) => say`${name}`),
		", ",
	);

function section(title: string, lines: readonly Said[], indent: number): readonly string[] {
	return lines.length === 0 ? [] : ["", " ".repeat(indent) + title, ...lines.flatMap((each) => line(each, indent + 2))];
}

const line = (said: Said, indent: number): readonly string[] => [" ".repeat(indent) + plain(said)];
