import { EdgeError } from "../../pipeline/ports.ts";

export interface RedisAddress {
	readonly host: string;
	readonly port: number;
	readonly tls: boolean;
	/** Whom its certificate names, where it is reached by another name, such as through a tunnel. */
	readonly certifiedAs?: string;
}

/**
 * The server of an address such as `rediss://cache.example:6379` (with TLS) or `redis://…`. Throws EdgeError "misconfigured" for one that is none, or
 * holds more than that; its message never holds the address.
 */
export function redisAddress(text: string): RedisAddress {
	const { protocol, hostname, port } = URL.canParse(text) ? new URL(text) : nothing;
	const isPlain = /^rediss?:\/\/[A-Za-z0-9.-]+(?::\d{1,5})?$/.test(text);
	if (!isPlain || hostname === "")
		throw new EdgeError("misconfigured", "Redis: expected an address such as rediss://host:6379, got something else", { retry: false });
	return { host: hostname, port: port === "" ? 6379 : Number(port), tls: protocol === "rediss:" };
}

const nothing = { protocol: "", hostname: "", port: "" };
