import { declare } from "../../aws/declare.ts";
import type { Declaring } from "../../aws/declaring.ts";
import { Iam } from "../../aws/iam.ts";
import { type AccountState, emptyState } from "../../aws/state.ts";
import type { Values } from "../../engine/marks.ts";
import type { Asked, Made } from "../../engine/plugin.ts";
import { realClock } from "../../world/clock.ts";

/** Something that exists in the account; values are plain. */
export interface Held extends Asked, Made {}

/** Where AWS resources are made: in this process, or in a served world. Each verb throws Error for what AWS would refuse. */
export interface Account {
	create(asked: Asked): Promise<Made>;
	read(type: string, id: string): Promise<Held | undefined>;
	update(type: string, id: string, inputs: Values): Promise<Made>;
	delete(type: string, id: string): Promise<void>;
}

export interface AccountOptions {
	readonly region: string;
	readonly accountId: string;
	/** The event sources that partners offer to it; whichever is asked for where absent. */
	readonly partnerSources?: () => readonly string[];
	/** Why a verb on a resource fails now; undefined where it does not. */
	readonly fault?: (verb: Exclude<keyof Account, "read">, resource: Pick<Asked, "type" | "name">) => string | undefined;
}

/** The offline AWS with a memory: what it holds may be read, changed and deleted. */
export class MemoryAccount implements Account {
	readonly #options: AccountOptions;
	readonly #held = new Map<string, Held>();
	#declaring: Declaring;

	constructor(options: AccountOptions) {
		this.#options = options;
		this.#declaring = this.#empty();
	}

	/** What it holds, in the order in which it was made. */
	get held(): readonly Held[] {
		return [...this.#held.values()];
	}

	get state(): AccountState {
		return this.#declaring.state;
	}

	async create(asked: Asked): Promise<Made> {
		this.#mayFail("create", asked);
		return this.#add(asked);
	}

	/** Takes in what exists already, by the engine's word for it. */
	adopt(asked: Asked, id: string): void {
		if (!this.#held.has(place(asked.type, id))) this.#add(asked);
	}

	async read(type: string, id: string): Promise<Held | undefined> {
		return this.#held.get(place(type, id));
	}

	async update(type: string, id: string, inputs: Values): Promise<Made> {
		const before = this.#known(type, id);
		this.#mayFail("update", before);
		return this.#rebuild({ ...before, inputs }) ?? before;
	}

	async delete(type: string, id: string): Promise<void> {
		const before = this.#held.get(place(type, id));
		if (before === undefined) return;
		this.#mayFail("delete", before);
		this.#held.delete(place(type, id));
		this.#rebuild();
	}

	#add(asked: Asked): Held {
		const made = this.#make(this.#declaring, asked);
		this.#held.set(place(asked.type, made.id), made);
		return made;
	}

	/** The account's services only add: what was changed or taken away leaves by building all anew. What pointed to it keeps its id, and dangles. */
	#rebuild(changed?: Held): Held | undefined {
		const before = this.#declaring;
		this.#declaring = this.#empty();
		let made: Held | undefined;
		for (const held of this.#held.values()) {
			const isChanged = changed !== undefined && place(held.type, held.id) === place(changed.type, changed.id);
			try {
				const next = this.#make(this.#declaring, isChanged ? changed : held);
				this.#held.set(place(held.type, held.id), next);
				if (isChanged) made = next;
			} catch (error) {
				if (!isChanged) continue;
				this.#declaring = before;
				throw error;
			}
		}
		return made;
	}

	#make(declaring: Declaring, { type, name, inputs }: Asked): Held {
		const { partnerSources = () => [inputs.eventSourceName].map(String) } = this.#options;
		return { type, name, inputs, ...declare({ ...declaring, partnerSources }, type, name, inputs) };
	}

	#known(type: string, id: string): Held {
		const found = this.#held.get(place(type, id));
		if (found === undefined) throw new Error(`${type}: expected one that exists, got ${id}`);
		return found;
	}

	#mayFail(verb: Exclude<keyof Account, "read">, resource: Pick<Asked, "type" | "name">): void {
		const reason = this.#options.fault?.(verb, resource);
		if (reason !== undefined) throw new Error(reason);
	}

	#empty(): Declaring {
		const { region, accountId } = this.#options;
		return { clock: realClock, region, accountId, state: emptyState(), iam: new Iam(), partnerSources: () => [], visible: () => {} };
	}
}

const place = (type: string, id: string): string => `${type} ${id}`;
