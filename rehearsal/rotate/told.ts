import { namespace } from "../../components/settings/secrets.ts";
import type { Finding } from "../../doctor/finding.ts";
import { secretKey } from "../../vendors/credentials.ts";
import type { Stepped } from "./act.ts";
import type { RotatableSecret } from "./rotatable.ts";

/** What a person is told of a step: what became of it, and what to do next. */
export interface Told {
	readonly lines: readonly string[];
	/** 0 done, 1 it could not be done. */
	readonly status: 0 | 1;
}

/** The words for what became of a step of a rotation on a stack. No value is ever among them. */
export function toldOf(credential: RotatableSecret, stack: string, stepped: Stepped): Told {
	const said = words(credential, stack)[stepped.reason];
	return { status: said.status, lines: [...(stepped.proof?.findings.map(findingLine) ?? []), ...said.lines] };
}

const marks = { holds: "✓", "does-not-hold": "✗", "not-checked": "?" } as const;
const findingLine = ({ verdict, what, why }: Finding): string => `${marks[verdict]} ${what}${why === "" ? "" : `: ${why}`}`;

const done = (...lines: readonly string[]): Told => ({ status: 0, lines });
const undone = (...lines: readonly string[]): Told => ({ status: 1, lines });

function words(credential: RotatableSecret, stack: string): Readonly<Record<Stepped["reason"], Told>> {
	const { name, hasCopy } = credential;
	const step = (what: string): string => `  npm run rotate -- ${what} ${name} --stack ${stack} --by … --why …`;
	const write = writeLines(credential, stack);
	const afterBegin = [
		"",
		"Next:",
		...(hasCopy ? ["Give the stack's file the same value, and deploy the workflow's copy:", ...write] : []),
		"Within five minutes every function has noticed; at a refusal, at once. Then:",
		step("finish"),
	];
	return {
		begun: done(`${name}: the new value stands beside the current one; both are used.`, ...afterBegin),
		"already-begun": done(`${name}: this value stands beside the current one already.`, ...afterBegin),
		unchanged: done(`${name}: this is the current value: there is nothing to rotate.`),
		"under-way": undone(
			`${name}: another value stands beside the current one already.`,
			"Finish that rotation, or cancel it:",
			step("finish"),
			step("cancel"),
		),
		finished: done(`${name}: the new value is the current one.`, ...revokeLines(credential), ...rememberLines(credential, write)),
		"finished-by-deployment": done(`${name}: pulumi up has made the new value the current one.`, ...revokeLines(credential)),
		"not-deployed": undone(
			`${name}: the workflow's copy, in Genesys Cloud, is still the old one.`,
			"Nothing is changed; both are used. Deploy the new one first:",
			...write,
			"and ask again:",
			step("finish"),
		),
		cancelled: done(`${name}: the new value is forgotten, the current one stays.`, "Revoke the new one at its vendor."),
		promoted: undone(`${name}: the new value is current already.`, "Finish it, or begin a rotation back to the old value:", step("finish")),
		none: undone(`${name}: no rotation is under way.`, "To begin one:", step("begin")),
		refused: undone(
			`${name}: its vendor does not take the new value. Nothing is changed.`,
			"Take it again from the vendor, whole. One that is only valid later, as a password",
			"that is changed next, is stored by --unchecked.",
		),
		unknown: undone(
			`${name}: nothing could be read that shows whether it is taken.`,
			"Nothing is stored. Ask again later; or, to store it all the same, add --unchecked.",
		),
		"no-value": undone(`${name}: the stack has no current value of it.`, "Deploy the stack first: pulumi up"),
	};
}

const writeLines = ({ name, secrets }: RotatableSecret, stack: string): readonly string[] => [
	`  pulumi stack select ${stack}`,
	...secrets.map((secret) => `  pulumi config set --secret ${namespace}:${secretKey(name, secret)}`),
	"  pulumi up",
];

const revokeLines = ({ sort }: RotatableSecret): readonly string[] =>
	sort === "vendor"
		? ["Next: revoke the old one at its vendor (docs/credentials.md says where)."]
		: ["Next: whoever signs with the old one, or shows it, has to have changed by now."];

/** What the program does not know yet, its next deployment of another value would put back. */
const rememberLines = ({ hasCopy }: RotatableSecret, write: readonly string[]): readonly string[] =>
	hasCopy ? [] : ["Give the stack's file the same value, so that no deployment puts the old one back:", ...write];
