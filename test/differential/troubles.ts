import type { CallResult } from "../../architect/simulate.ts";
import { EdgeError, type Ledger, type Pager } from "../../functions/pipeline/ports.ts";

/** What happens to one call to the outside, counted from 1 for each executor. */
export interface Trouble {
	readonly call: number;
	/** Nothing is done and nothing answered; it is done and the answer is lost; it is done and the caller's function dies. */
	readonly kind: "hangs" | "drops-answer" | "kills";
}

/** How long a caller waits for an answer that does not come. */
const timeoutSeconds = 10;

const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

/** The troubles that one executor meets, by the number of its call. */
export class Troubles {
	readonly #kinds: ReadonlyMap<number, Trouble["kind"]>;
	readonly #pass: (seconds: number) => Promise<void>;
	readonly #met: ((kind: Trouble["kind"]) => void) | undefined;
	#calls = 0;
	/** Of the run of the overseer that is under way. */
	#die: (() => void) | undefined;
	#isDead = false;

	constructor(troubles: readonly Trouble[], pass: (seconds: number) => Promise<void>, met?: (kind: Trouble["kind"]) => void) {
		this.#kinds = new Map(troubles.map(({ call, kind }) => [call, kind]));
		this.#pass = pass;
		this.#met = met;
	}

	#next(): Trouble["kind"] | undefined {
		this.#calls += 1;
		const kind = this.#kinds.get(this.#calls);
		if (kind !== undefined) this.#met?.(kind);
		return kind;
	}

	/** A data action of the workflow. A ledger function that dies has done a part of its calls; of a vendor's, a gateway answers. */
	async action(work: (dies: boolean) => Promise<CallResult>): Promise<CallResult> {
		const kind = this.#next();
		if (kind === "hangs") {
			await this.#pass(timeoutSeconds);
			return { kind: "timeout" };
		}
		const result = await work(kind === "kills");
		if (kind === undefined) return result;
		if (kind === "drops-answer") await this.#pass(timeoutSeconds);
		return kind === "kills" ? { kind: "failure", outputs: { errorCode: "bad.gateway", status: 502 } } : { kind: "timeout" };
	}

	/** One run of the overseer: it ends, it fails, or it dies on the way. */
	async run(work: () => Promise<unknown>): Promise<void> {
		this.#isDead = false;
		const death = new Promise<void>((resolve) => {
			this.#die = resolve;
		});
		const failed = (error: unknown): void => {
			if (!(error instanceof EdgeError)) throw error;
		};
		await Promise.race([work().catch(failed), death]);
	}

	/** A call of a function. One that is dead calls nobody, and hears of nothing. */
	async call<T>(work: () => Promise<T>): Promise<T> {
		if (this.#isDead) return never();
		const kind = this.#next();
		if (kind !== "hangs") {
			const result = await work();
			if (kind === undefined) return result;
			if (kind === "kills") {
				this.#isDead = true;
				this.#die?.();
				return never();
			}
		}
		await this.#pass(timeoutSeconds);
		throw new EdgeError("timeout", "expected an answer, got none in time", { retry: true });
	}

	ledger(ledger: Ledger): Ledger {
		return {
			...ledger,
			read: (...given) => this.call(() => ledger.read(...given)),
			write: (...given) => this.call(() => ledger.write(...given)),
			transact: (...given) => this.call(() => ledger.transact(...given)),
			due: (...given) => this.call(() => ledger.due(...given)),
		};
	}

	pager(pager: Pager): Pager {
		return {
			...pager,
			send: (...given) => this.call(() => pager.send(...given)),
			read: (...given) => this.call(() => pager.read(...given)),
		};
	}
}

export class Died extends Error {}

/** A ledger whose caller dies at its second call, which is done: mostly that is the write. */
export function deadly(ledger: Ledger): Ledger {
	let calls = 0;
	const once = async <T>(work: () => Promise<T>): Promise<T> => {
		calls += 1;
		const result = await work();
		if (calls > 1) throw new Died();
		return result;
	};
	return { ...ledger, read: (...given) => once(() => ledger.read(...given)), write: (...given) => once(() => ledger.write(...given)) };
}
