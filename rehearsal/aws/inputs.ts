/** How Pulumi marks a secret inside the inputs that a mock receives: the value stands beside it, in plain. */
const secretMark = "4dabf18193072939515e22adb298388d";

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value));
}

/** The value with every secret wrapper taken off; assets and archives are left as they are. */
function unwrapped(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(unwrapped);
	if (!isRecord(value)) return value;
	if (secretMark in value) return unwrapped(value.value);
	return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unwrapped(inner)]));
}

/** The declared inputs of one resource, read by type; a wrong one is an error that names the resource, the property and what it got. */
export class Inputs {
	readonly where: string;
	readonly values: Readonly<Record<string, unknown>>;

	constructor(where: string, values: unknown) {
		this.where = where;
		const plain = unwrapped(values);
		this.values = isRecord(plain) ? plain : {};
	}

	text(key: string): string {
		return this.optionalText(key) ?? this.#refuse(key, "a text");
	}

	optionalText(key: string): string | undefined {
		const value = this.values[key];
		return value === undefined || value === null || typeof value === "string" ? (value ?? undefined) : this.#refuse(key, "a text");
	}

	number(key: string, otherwise: number): number {
		const value = this.values[key] ?? otherwise;
		return typeof value === "number" ? value : this.#refuse(key, "a number");
	}

	flag(key: string, otherwise: boolean): boolean {
		const value = this.values[key] ?? otherwise;
		return typeof value === "boolean" ? value : this.#refuse(key, "true or false");
	}

	/** The inputs of an inner object; empty where there is none. */
	inner(key: string): Inputs {
		return new Inputs(`${this.where}.${key}`, this.values[key] ?? {});
	}

	/** The inputs of each object of a list; empty where there is none. */
	each(key: string): readonly Inputs[] {
		const value = this.values[key] ?? [];
		if (!Array.isArray(value)) return this.#refuse(key, "a list");
		return value.map((item, index) => new Inputs(`${this.where}.${key}[${index}]`, item));
	}

	texts(key: string): readonly string[] {
		return asTexts(this.values[key]) ?? this.#refuse(key, "a list of texts");
	}

	/** All properties, which must be texts. */
	textMap(): Readonly<Record<string, string>> {
		return Object.fromEntries(Object.keys(this.values).map((key) => [key, this.text(key)]));
	}

	#refuse(key: string, expected: string): never {
		throw new Error(`${this.where}: expected ${key} to be ${expected}, got ${kindOf(this.values[key])}`);
	}
}

/** One text or a list of texts, as IAM writes actions, resources and principals; undefined for anything else, absence is an empty list. */
export function asTexts(value: unknown): readonly string[] | undefined {
	if (value === undefined) return [];
	if (typeof value === "string") return [value];
	return Array.isArray(value) && value.every((item): item is string => typeof item === "string") ? value : undefined;
}

const kindOf = (value: unknown): string => (value === undefined ? "nothing" : Array.isArray(value) ? "a list" : `a ${typeof value}`);
