import { describe, expect, test } from "vitest";
import { EdgeError, type FailureReason } from "../../../../functions/pipeline/ports.ts";

/** A fetch that never fails on its own: what the vendor answers is up to the test. */
type Answer = () => Response | Promise<Response>;

export interface Operation {
	readonly name: string;
	/** Calls the adapter once, through this fetch. */
	readonly call: (fetch: typeof globalThis.fetch) => Promise<unknown>;
	/** Statuses that are an answer to it, and no failure. */
	readonly answeredBy?: readonly number[];
}

export interface AdapterUnderTest {
	readonly system: string;
	/** Every secret that the adapter holds; none of them may stand in an error. */
	readonly secrets: readonly string[];
	readonly operations: readonly Operation[];
	/** Requests that succeed before the one that fails (a token). */
	readonly before?: (request: Request) => Response | undefined;
	/** What a status means at this vendor, where it is something else than usual. */
	readonly statuses?: Readonly<Record<number, FailureReason>>;
}

const retryTable: readonly { readonly status: number; readonly reason: FailureReason; readonly retry: boolean }[] = [
	{ status: 302, reason: "rejected", retry: false },
	{ status: 400, reason: "rejected", retry: false },
	{ status: 401, reason: "unauthorized", retry: false },
	{ status: 402, reason: "rejected", retry: false },
	{ status: 403, reason: "forbidden", retry: false },
	{ status: 404, reason: "not-found", retry: false },
	{ status: 408, reason: "timeout", retry: true },
	{ status: 422, reason: "rejected", retry: false },
	{ status: 429, reason: "rate-limited", retry: true },
	{ status: 500, reason: "unavailable", retry: true },
	{ status: 502, reason: "unavailable", retry: true },
	{ status: 503, reason: "unavailable", retry: true },
	{ status: 504, reason: "timeout", retry: true },
];

/** What every adapter promises: one retry table, and no secret in an error. */
export function adapterContract(adapter: AdapterUnderTest): void {
	const faulty = (answer: Answer): typeof globalThis.fetch => {
		return async (input, init) => adapter.before?.(new Request(input, init)) ?? answer();
	};
	const failure = async (operation: Operation, answer: Answer): Promise<EdgeError> => {
		const error = await operation.call(faulty(answer)).then(
			() => undefined,
			(thrown: unknown) => thrown,
		);
		if (error instanceof EdgeError) return error;
		throw new Error(`expected an EdgeError from ${operation.name}, got ${error === undefined ? "a value" : String(error)}`);
	};
	/** A vendor that repeats everything it was told. */
	const echo = adapter.secrets.join(" ");

	describe.each(adapter.operations)(`${adapter.system} $name`, (operation) => {
		const failures = retryTable.filter(({ status }) => operation.answeredBy?.includes(status) !== true);
		const table = failures.map((row) => ({ ...row, reason: adapter.statuses?.[row.status] ?? row.reason }));
		test.each(table)("reads $status as $reason", async ({ status, reason, retry }) => {
			const error = await failure(operation, () =>
				Response.json({ code: echo, message: echo }, { status, headers: { "retry-after": "17" } }),
			);
			expect({ reason: error.reason, retry: error.retry, after: error.retryAfterSeconds }).toEqual({ reason, retry, after: 17 });
			expect(error.message).toContain(`${status}`);
			expect(error.message.startsWith(`${adapter.system}: expected `)).toBe(true);
		});

		test("reads a 2xx that is a page for people as malformed, which passes", async () => {
			const html = { headers: { "content-type": "text/html; charset=utf-8" } };
			const error = await failure(operation, () => new Response(`<html>${echo}</html>`, html));
			expect({ reason: error.reason, retry: error.retry }).toEqual({ reason: "malformed", retry: true });
		});

		test("reads a connection that fails as unreachable, with its code", async () => {
			const error = await failure(operation, () => {
				throw new TypeError(`fetch failed ${echo}`, { cause: Object.assign(new Error(echo), { code: "ECONNREFUSED" }) });
			});
			expect({ reason: error.reason, retry: error.retry }).toEqual({ reason: "unreachable", retry: true });
			expect(error.message).toContain("(ECONNREFUSED)");
		});

		test("reads an abort by its own timeout as timeout", async () => {
			const error = await failure(operation, () => {
				throw new DOMException(echo, "TimeoutError");
			});
			expect({ reason: error.reason, retry: error.retry }).toEqual({ reason: "timeout", retry: true });
		});

		test("never lets a secret into an error", async () => {
			const answers: readonly Answer[] = [
				...retryTable.map(
					({ status }) =>
						() =>
							Response.json({ code: echo, message: echo, errors: [echo] }, { status }),
				),
				() => new Response(echo),
				() => Response.json(echo),
				() => Response.json({}),
				() => {
					throw new TypeError(echo, { cause: Object.assign(new Error(echo), { code: echo }) });
				},
				() => {
					throw new DOMException(echo, "TimeoutError");
				},
			];
			for (const answer of answers) {
				const error = await operation.call(faulty(answer)).then(
					() => undefined,
					(thrown: unknown) => thrown,
				);
				const said = error instanceof Error ? JSON.stringify([error.message, error.stack, String(error.cause), { ...error }]) : "";
				for (const secret of adapter.secrets) expect(said).not.toContain(secret);
			}
		});
	});
}

/** A budget that grants everything and remembers what was asked. */
export function openBudget() {
	const taken: string[] = [];
	return {
		taken,
		take: async (name: string, perMinute: number) => {
			taken.push(`${name} of ${perMinute}`);
		},
		acquireUpTo: async (name: string, perMinute: number, { wanted }: { readonly wanted: number }) => {
			taken.push(`${wanted} ${name} of ${perMinute}`);
			return wanted;
		},
	};
}
