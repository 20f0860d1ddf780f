/** One value of a secret, and its staging labels. */
interface SecretValue {
	readonly id: string;
	readonly text: string;
	/** In milliseconds. */
	readonly madeAt: number;
	readonly stages: Set<string>;
}

/** What is refused, by AWS's own name for it. */
export class SecretRefusal extends Error {
	constructor(name: string, message: string) {
		super(message);
		this.name = name;
	}
}

/**
 * The versions of one secret, as Secrets Manager keeps them: a label is on one version at most, and where AWSCURRENT leaves a version, AWSPREVIOUS
 * comes to it. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecretVersionStage.html and API_PutSecretValue.html
 */
export class SecretVersions {
	readonly #values: SecretValue[] = [];

	/** Again with the same id and text it changes nothing; with another text it is refused. */
	put(id: string, text: string, madeAt: number, stages: readonly string[] = ["AWSCURRENT"]): void {
		const known = this.#values.find((each) => each.id === id);
		if (known !== undefined && known.text !== text)
			throw new SecretRefusal("ResourceExistsException", "a version of this id has another value");
		if (known === undefined) this.#values.push({ id, text, madeAt, stages: new Set() });
		// The first value is the current one, whatever is asked.
		for (const stage of this.#at("AWSCURRENT") === undefined ? [...stages, "AWSCURRENT"] : stages) this.#move(stage, id);
	}

	/** Moves a label to a version, from the one that has it; takes it away where there is no `to`. */
	label(stage: string, to: string | undefined, from: string | undefined): void {
		const holder = this.#at(stage);
		if (holder !== undefined && holder.id !== from && holder.id !== to)
			throw new SecretRefusal("InvalidParameterException", `${stage} is on another version than the one to take it from`);
		if (from !== undefined && holder?.id !== from)
			throw new SecretRefusal("InvalidParameterException", `${stage} is not on the version to take it from`);
		if (to !== undefined) this.#move(stage, to);
		else if (stage === "AWSCURRENT") throw new SecretRefusal("InvalidParameterException", "AWSCURRENT can only be moved");
		else holder?.stages.delete(stage);
	}

	/** The value that has a label; undefined where none has. */
	at(stage: string): Omit<SecretValue, "stages"> | undefined {
		return this.#at(stage);
	}

	/** Every text that has a label. */
	texts(): readonly string[] {
		return this.#values.filter(({ stages }) => stages.size > 0).map(({ text }) => text);
	}

	/** Those that have a label. */
	all(): readonly (Omit<SecretValue, "stages"> & { readonly stages: readonly string[] })[] {
		return this.#values.filter(({ stages }) => stages.size > 0).map((each) => ({ ...each, stages: [...each.stages] }));
	}

	#at(stage: string): SecretValue | undefined {
		return this.#values.find(({ stages }) => stages.has(stage));
	}

	#move(stage: string, to: string): void {
		const target = this.#values.find(({ id }) => id === to);
		if (target === undefined) throw new SecretRefusal("ResourceNotFoundException", `there is no version ${to}`);
		const holder = this.#at(stage);
		if (holder === target) return;
		holder?.stages.delete(stage);
		target.stages.add(stage);
		if (stage === "AWSCURRENT" && holder !== undefined) this.#move("AWSPREVIOUS", holder.id);
	}
}
