/** Values as the engine sends them to a provider: JSON in which a key or a text marks what JSON has not ("Property values" in Pulumi's wire protocol). */
export type Values = Readonly<Record<string, unknown>>;

const markKey = "4dabf18193072939515e22adb298388d";
const secretMark = "1b47061264138c4ac30d75fd1eb44270";

/** What will only be known once the thing is made: a text, a number, a list and so on have one each. */
const unknowns: ReadonlySet<unknown> = new Set([
	"04da6b54-80e4-46f7-96ec-b56ff0331ba9",
	"1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
	"3eeb2bf0-c639-47a8-9e75-3b44932eb421",
	"6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
	"030794c1-ac77-496b-92df-f27374a8bd58",
	"e48ece36-62e2-4504-bad9-02848725956a",
	"dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** A text that is not known yet. */
export const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export const isUnknown = (value: unknown): boolean => unknowns.has(value);

export const secret = (value: unknown): Values => ({ [markKey]: secretMark, value });

export const isSecret = (value: unknown): value is { readonly value: unknown } => isValues(value) && value[markKey] === secretMark;

export function isValues(value: unknown): value is Values {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The values as an API sees them: secrets in the open, an archive or asset as its hash. Never to be handed back or told. */
export function plain(value: unknown): unknown {
	if (isSecret(value)) return plain(value.value);
	if (Array.isArray(value)) return value.map(plain);
	if (!isValues(value)) return value;
	// Of the marked those with a hash are assets and archives: equal hashes are equal contents.
	if (markKey in value && "hash" in value) return { hash: value.hash };
	return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

/** The same for all values of a resource. */
export const plainValues = (values: Values): Values =>
	Object.fromEntries(Object.entries(values).map(([key, value]) => [key, plain(value)]));
