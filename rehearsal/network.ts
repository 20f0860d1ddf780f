/** Who answers for a host: an emulator's `fetch`. */
export interface Route {
	readonly host: string;
	readonly fetch: (request: Request) => Promise<Response> | Response;
}

/** A `fetch` for code under rehearsal, and the scissors. */
export type Network = typeof fetch & {
	readonly world: {
		/** From now on the host refuses connections. Throws for a host that has no route. */
		cut(host: string): void;
		restore(host: string): void;
	};
};

/** The network between what runs and the emulators: routes by host. An unknown host fails as Node's own fetch does, and so does one that was cut. */
export function network(routes: readonly Route[]): Network {
	const isCut = new Set<string>();
	const byHost = new Map(routes.map((route) => [route.host, route]));
	const routed: typeof fetch = async (input, init) => {
		// Emulators answer at once, in virtual time: a deadline of real seconds is only costly here.
		const request = new Request(input, { ...init, signal: null });
		const { host } = new URL(request.url);
		const route = byHost.get(host);
		if (route === undefined) throw failed(host, "getaddrinfo", "ENOTFOUND");
		if (isCut.has(host)) throw failed(host, "connect", "ECONNREFUSED");
		return route.fetch(request);
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

function failed(host: string, syscall: string, code: string): TypeError {
	return new TypeError("fetch failed", { cause: Object.assign(new Error(`${syscall} ${code} ${host}`), { code }) });
}
