import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import * as z from "zod";
import type { Account } from "./account.ts";

const values = z.record(z.string(), z.unknown());
const made = z.object({ id: z.string(), outputs: values });
const held = made.extend({ type: z.string(), name: z.string(), inputs: values });

/** An account behind an address: each verb is a POST of its arguments as a JSON list, and answers JSON. */
export interface ServedVerbs {
	readonly url: string;
	close(): Promise<void>;
}

type Verb = keyof Account;
const verbs: readonly string[] = ["create", "read", "update", "delete"] satisfies Verb[];
const isVerb = (name: string): name is Verb => verbs.includes(name);

/** Serves an account on a free loopback port, so that it outlives the processes that the engine starts for each operation. */
export async function serveVerbs(account: Account): Promise<ServedVerbs> {
	const server = createServer(async (request, response) => {
		const verb = (request.url ?? "").slice(1);
		try {
			if (!isVerb(verb)) throw new Error(`expected one of ${verbs.join(", ")}, got ${verb}`);
			response.end(JSON.stringify((await run(account, verb, JSON.parse(await text(request)))) ?? null));
		} catch (error) {
			response.writeHead(400).end(error instanceof Error ? error.message : String(error));
		}
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

function run(account: Account, verb: Verb, [first, id, inputs]: readonly [never, never, never]): Promise<unknown> {
	if (verb === "create") return account.create(first);
	if (verb === "update") return account.update(first, id, inputs);
	return account[verb](first, id);
}

/** The account that is served there. What it refuses is an Error in its words. */
export function remoteAccount(url: string): Account {
	const post = async (verb: Verb, ...args: readonly unknown[]): Promise<unknown> => {
		const answer = await fetch(`${url}/${verb}`, { method: "POST", body: JSON.stringify(args) });
		if (!answer.ok) throw new Error(await answer.text());
		return answer.json();
	};
	return {
		create: async (asked) => made.parse(await post("create", asked)),
		read: async (type, id) => held.nullable().parse(await post("read", type, id)) ?? undefined,
		update: async (type, id, inputs) => made.parse(await post("update", type, id, inputs)),
		delete: async (type, id) => void (await post("delete", type, id)),
	};
}
