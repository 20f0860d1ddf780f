import { listOf, notYetKnown, type Resource, recordOf, shown } from "./resource.ts";

/** One statement of a policy document of AWS that does not deny. */
export interface Statement {
	readonly sid: string;
	readonly actions: readonly string[];
	/** As `AWS arn:…`, `Service lambda.amazonaws.com`, or `*`. Empty where the document belongs to a role. */
	readonly principals: readonly string[];
	/** Elements that grant everything but what they name. */
	readonly inverted: readonly string[];
}

export interface Documents {
	readonly statements: readonly Statement[];
	/** What stands in place of a document. */
	readonly problems: readonly string[];
}

/** Inputs that hold a document, whatever the type. */
const places = ["policy", "assumeRolePolicy"] as const;

/** Every statement that a resource of AWS brings. What is not known yet has none. */
export function documentsOf({ type, inputs }: Resource): Documents {
	if (!type.startsWith("aws:")) return { statements: [], problems: [] };
	const inline = listOf(inputs.inlinePolicies).map((each) => recordOf(each).policy);
	const texts = [...places.map((place) => inputs[place]), ...inline].filter((text) => text !== undefined && text !== notYetKnown);
	const read = texts.map(readDocument);
	return { statements: read.flatMap(({ statements }) => statements), problems: read.flatMap(({ problems }) => problems) };
}

function readDocument(given: unknown): Documents {
	const document = typeof given === "string" ? parsed(given) : given;
	const { Statement } = recordOf(document);
	if (Statement === undefined) return { statements: [], problems: ["expected a policy document with statements, got none"] };
	return { statements: listOf(Statement).map(recordOf).filter(grants).map(statementOf), problems: [] };
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** AWS knows two effects: whatever is not the one is judged as the other. */
const grants = ({ Effect }: Readonly<Record<string, unknown>>): boolean => Effect !== "Deny";

function statementOf(statement: Readonly<Record<string, unknown>>): Statement {
	const { Sid, Action, Principal } = statement;
	return {
		sid: typeof Sid === "string" ? Sid : "",
		actions: listOf(Action).map(shown),
		principals: principalsOf(Principal),
		inverted: ["NotAction", "NotPrincipal"].filter((element) => element in statement),
	};
}

function principalsOf(principal: unknown): readonly string[] {
	if (typeof principal !== "object" || principal === null) return listOf(principal).map(shown);
	if (Array.isArray(principal)) return principal.map(shown);
	return Object.entries(principal).flatMap(([kind, who]) => listOf(who).map((each) => `${kind} ${shown(each)}`));
}
