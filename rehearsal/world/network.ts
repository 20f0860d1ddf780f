import type { CallCounts } from "./callCounts.ts";
import type { EmulatorClock } from "./clock.ts";
import type { Latency } from "./latency.ts";
import { exchangeOf, never, type WireFaults } from "./wireFaults.ts";

/** Who answers for a host: an emulator's `fetch`. */
export interface Route {
	readonly host: string;
	readonly fetch: (request: Request) => Promise<Response> | Response;
	/** Where several routes have one host: whether a request is this one's. Absent: every request. */
	readonly takes?: (request: Request) => boolean;
}

/** What happens on the way; without it answers come at once. */
export interface Wires {
	readonly clock: EmulatorClock;
	readonly latency: Latency;
	readonly faults: WireFaults;
	readonly calls?: CallCounts;
	/** Sees every request before anything happens to it. */
	readonly sees?: ((request: Request) => void) | undefined;
}

/** A `fetch` for code under rehearsal. `cut(host)` makes a host refuse connections. */
export type Network = typeof fetch & {
	readonly world: {
		/** From now on the host refuses connections. Throws for a host that has no route. */
		cut(host: string): void;
		restore(host: string): void;
	};
};

/**
 * The network between what runs and the emulators: routes by host. An unknown host fails as Node's own fetch does, and so does one that was
 * cut. With `wires` a call takes time, may hang, be throttled or lose its answer, and ends when its signal aborts.
 */
export function network(routes: readonly Route[], wires?: Wires): Network {
	const isCut = new Set<string>();
	const byHost = Map.groupBy(routes, ({ host }) => host);
	const routed: typeof fetch = async (input, init) => {
		const request = new Request(input, { ...init, signal: null });
		const { host, pathname } = new URL(request.url);
		const known = byHost.get(host) ?? [];
		const route = known.find(({ takes }) => takes?.(request) === true) ?? known.find(({ takes }) => takes === undefined) ?? known[0];
		if (route === undefined) throw failed(host, "getaddrinfo", "ENOTFOUND");
		if (isCut.has(host)) throw failed(host, "connect", "ECONNREFUSED");
		if (wires === undefined) return route.fetch(request);
		wires.sees?.(request.clone());
		wires.calls?.count(host, wires.clock.now());
		return untilAborted(exchange(wires, route, request, pathname), init?.signal);
	};
	const cut = (host: string) => {
		if (!byHost.has(host))
			throw new Error(`expected a host of this network to cut, got ${host}; allowed: ${[...byHost.keys()].join(", ")}`);
		isCut.add(host);
	};
	const restore = (host: string) => {
		isCut.delete(host);
	};
	return Object.assign(routed, { world: { cut, restore } });
}

/** One request and its answer. The faults count that hold when the request arrives, and a lost answer when it leaves. */
async function exchange({ clock, latency, faults }: Wires, route: Route, request: Request, path: string): Promise<Response> {
	const { host } = route;
	await pass(clock, latency.oneWay("http"));
	const { unreachable, hangs, throttled, html, slowMilliseconds } = exchangeOf(faults.of(host, path));
	if (unreachable) throw failed(host, "connect", "ECONNREFUSED");
	if (hangs) return never();
	if (throttled !== undefined) return tooMany(throttled.retryAfter?.(clock.now()));
	if (html) return sleepingInstance();
	const response = await route.fetch(request);
	await pass(clock, slowMilliseconds + latency.oneWay("http"));
	if (exchangeOf(faults.of(host, path)).loses) throw failed(host, "read", "ECONNRESET");
	return response;
}

const pass = (clock: EmulatorClock, milliseconds: number): Promise<void> | undefined =>
	milliseconds > 0 ? clock.sleep(milliseconds) : undefined;

/** Whatever a vendor says with its 429 is not read by anybody; the header is. */
function tooMany(retryAfter: string | undefined): Response {
	const headers = retryAfter === undefined ? {} : { "retry-after": retryAfter };
	return Response.json({ message: "Too Many Requests" }, { status: 429, headers });
}

/** What a proxy or a hibernating instance answers to everything. */
const sleepingInstance = (): Response =>
	new Response("<!doctype html><title>Instance hibernating</title>", { headers: { "content-type": "text/html" } });

/** The answer, or the signal's reason once it aborts; the other side works on then, and nobody hears of it. */
function untilAborted(answer: Promise<Response>, signal: AbortSignal | null | undefined): Promise<Response> {
	if (signal === null || signal === undefined) return answer;
	return new Promise((resolve, reject) => {
		const abort = (): void => reject(signal.reason);
		if (signal.aborted) abort();
		else signal.addEventListener("abort", abort, { once: true });
		answer.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
	});
}

function failed(host: string, syscall: string, code: string): TypeError {
	return new TypeError("fetch failed", { cause: Object.assign(new Error(`${syscall} ${code} ${host}`), { code }) });
}
