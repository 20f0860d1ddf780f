import { createServiceNow } from "../../../rehearsal/vendors/servicenow/api.ts";
import { VirtualClock } from "../../../rehearsal/world/clock.ts";

export const start = Date.UTC(2026, 10, 24, 10);
export const key = "inc:1:dev:trunk-down:b1:1:1";
export const network = "1".repeat(32);
export const draft = { short_description: "SIP trunk down", correlation_id: key, impact: "1", urgency: "2", assignment_group: network };

type Json = Readonly<Record<string, unknown>>;
/** The record that an answer holds. */
export const resultOf = async (answer: Response): Promise<Json> => ({ ...Object(await answer.json()).result });

/** An instance with a user of the API and a group. */
export function account(requestsPerHour?: number) {
	const clock = new VirtualClock(start);
	const limit = requestsPerHour === undefined ? {} : { requestsPerHour };
	const { fetch, world } = createServiceNow({ clock, instance: "customer", ...limit });
	const password = world.addUser("runbooks");
	world.addGroup(network, "network");
	const ask = (method: string, tail: string, body?: unknown, authorization = `Basic ${btoa(`runbooks:${password}`)}`) =>
		fetch(
			new Request(`https://customer.service-now.com/api/now/table/${tail}`, {
				method,
				headers: { authorization, ...(body === undefined ? {} : { "content-type": "application/json" }) },
				...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
			}),
		);
	const post = (body: unknown) => ask("POST", "incident", body);
	const listed = async (query: string, more = ""): Promise<readonly Json[]> => {
		const answer = await ask("GET", `incident?${new URLSearchParams({ sysparm_query: query })}${more}`);
		const { result } = Object(await answer.json());
		return Array.isArray(result) ? result : [];
	};
	return { clock, world, password, fetch, ask, post, listed, later: (seconds: number) => clock.run(clock.now() + seconds * 1000) };
}
