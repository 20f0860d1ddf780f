import { describe, expect, test } from "vitest";
import { genesysCloud } from "../../../../functions/edges/genesys/api.ts";
import { network } from "../../../../rehearsal/world/network.ts";
import { openBudget } from "../vendors/adapterContract.ts";

const start = Date.UTC(2026, 10, 24, 10);
const trunks = Array.from({ length: 1250 }, (_, index) => ({ id: `t${index}`, name: `t${index}` }));

/** Genesys Cloud with 1,250 trunks, whose answers come when somebody lets them; `refuse` answers before that. */
function slowCloud(refuse: (url: URL, request: Request) => Response | undefined = () => undefined) {
	const waiting: (() => void)[] = [];
	const asked: string[] = [];
	let most = 0;
	let tokens = 0;
	const api = async (request: Request): Promise<Response> => {
		const url = new URL(request.url);
		asked.push(url.pathname.endsWith("/metrics") ? "metrics" : `page ${url.searchParams.get("pageNumber")}`);
		await new Promise<void>((resolve) => {
			waiting.push(resolve);
			most = Math.max(most, waiting.length);
		});
		const refused = refuse(url, request);
		if (refused !== undefined) return refused;
		if (url.pathname.endsWith("/metrics")) return Response.json([]);
		const page = Number(url.searchParams.get("pageNumber"));
		return Response.json({ entities: trunks.slice((page - 1) * 100, page * 100), pageCount: 13 });
	};
	const login = (): Response => {
		tokens += 1;
		return Response.json({ access_token: `token-${tokens}`, token_type: "bearer", expires_in: 86_400 });
	};
	const adapter = genesysCloud({
		fetch: network([
			{ host: "api.mypurecloud.de", fetch: api },
			{ host: "login.mypurecloud.de", fetch: async () => login() },
		]),
		domain: "mypurecloud.de",
		credentials: async () => ({ clientId: "client-1", clientSecret: "s" }),
		clientName: "detector",
		clock: { now: () => start },
		budget: openBudget(),
		perMinute: 240,
	});
	/** Answers whatever is under way, until nothing is any more. */
	const answerAll = async <T>(answer: Promise<T>): Promise<PromiseSettledResult<T>> => {
		let isOver = false;
		const settled = Promise.allSettled([answer]).then(([result]) => {
			isOver = true;
			return result;
		});
		while (!isOver) {
			for (const resolve of waiting.splice(0)) resolve();
			await new Promise((resolve) => setImmediate(resolve));
		}
		return settled;
	};
	return { adapter, asked, answerAll, most: () => most, tokens: () => tokens };
}

describe("a thousand trunks", () => {
	test("are read by as many requests as there are pages and batches, eight at once, in their order", async () => {
		const { adapter, asked, answerAll, most } = slowCloud();
		const answer = await answerAll(adapter.trunks());
		expect(answer).toMatchObject({ status: "fulfilled", value: trunks.map(({ id }) => ({ id })) });
		expect(asked.filter((each) => each === "metrics")).toHaveLength(13);
		expect(asked.slice(0, 13)).toEqual(Array.from({ length: 13 }, (_, index) => `page ${index + 1}`));
		expect(asked).toHaveLength(26);
		expect(most()).toBe(8);
	});

	test("are not asked for any further once a page could not be read", async () => {
		const { adapter, asked, answerAll } = slowCloud((url) =>
			url.searchParams.get("pageNumber") === "3" ? Response.json({}, { status: 503 }) : undefined,
		);
		expect(await answerAll(adapter.trunks())).toMatchObject({ status: "rejected", reason: { reason: "unavailable" } });
		// The first, the eight beside it, and the one that was begun when page 2 was there.
		expect(asked).toHaveLength(10);
	});

	test("whose token ends half-way cost one new token", async () => {
		const { adapter, answerAll, tokens } = slowCloud((url, request) => {
			const isOld = request.headers.get("authorization") === "Bearer token-1";
			return isOld && url.searchParams.get("pageNumber") !== "1" ? Response.json({}, { status: 401 }) : undefined;
		});
		expect(await answerAll(adapter.trunks())).toMatchObject({ status: "fulfilled" });
		expect(tokens()).toBe(2);
	});
});
