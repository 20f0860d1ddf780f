import type { Context } from "hono";
import { type Emulator, findFault, type Route } from "./emulator.ts";
import { ApiError } from "./errors.ts";
import { RateLimit } from "./rateLimit.ts";
import type { Client, Token } from "./state.ts";

/** `POST /oauth/token` (login host): client credentials by Basic authentication → a bearer token. Errors in OAuth's own form. */
export function issueToken(emulator: Emulator): (context: Context) => Promise<Response> {
	const limit = new RateLimit();
	return async (context) => {
		const form = new URLSearchParams(await context.req.text());
		const grant = form.get("grant_type");
		const client = basicClient(emulator, context.req.header("authorization"));
		const fault = findFault(emulator, "tokens", ({ client: name }) => name === undefined || name === client?.name);
		if (fault?.status === 503) return context.json({ error: "temporarily_unavailable", description: "service unavailable" }, 503);
		if (client === undefined || fault !== undefined) return refuse(emulator, context, client);
		if (grant !== "client_credentials") {
			return context.json({ error: "unsupported_grant_type", description: "expected client_credentials", error_description: "" }, 400);
		}
		if (limit.take(client.id, emulator.state.clock.now()).exceeded !== undefined) {
			const description = "rate limit exceeded; too many token requests";
			return context.json({ error: "invalid_request", description, error_description: description }, 400);
		}
		const token = grantToken(emulator, client);
		return context.json({ access_token: token.value, token_type: "bearer", expires_in: client.accessTokenValiditySeconds });
	};
}

function refuse(emulator: Emulator, context: Context, client: Client | undefined): Response {
	const description = "authentication failed: unknown client, wrong secret or inactive client";
	const refusal = { at: emulator.state.clock.now(), method: "POST", path: "/oauth/token", status: 401, code: "invalid_client" };
	emulator.refusals.push({ ...refusal, client: client?.name, reason: description });
	emulator.emit({ kind: "refused", ...refusal, client: client?.name, reason: description });
	return context.json({ error: "invalid_client", description, error_description: description }, 401);
}

function basicClient(emulator: Emulator, header: string | undefined): Client | undefined {
	const [scheme, encoded = ""] = (header ?? "").split(" ");
	if (scheme?.toLowerCase() !== "basic") return undefined;
	const [id = "", ...secret] = Buffer.from(encoded, "base64").toString("utf8").split(":");
	const client = emulator.state.clients.get(id);
	if (client === undefined || client.state !== "active" || client.secret !== secret.join(":")) return undefined;
	return client.authorizedGrantType === "CLIENT-CREDENTIALS" ? client : undefined;
}

function grantToken(emulator: Emulator, client: Client): Token {
	const { state } = emulator;
	const expiresAt = state.clock.now() + client.accessTokenValiditySeconds * 1000;
	const token: Token = { value: state.ids.secret(), clientId: client.id, expiresAt };
	state.tokens.set(token.value, token);
	return token;
}

/** The client of a bearer token, or the vendor's 401. */
export function authenticate(emulator: Emulator, header: string | undefined): { readonly token: Token; readonly client: Client } {
	const [scheme, value = ""] = (header ?? "").split(" ");
	if (scheme?.toLowerCase() !== "bearer") {
		throw new ApiError(401, "authentication.required", "No authentication bearer token specified in authorization header.");
	}
	const token = emulator.state.tokens.get(value);
	const client = token === undefined ? undefined : emulator.state.clients.get(token.clientId);
	if (token === undefined || client === undefined || client.state !== "active" || token.expiresAt <= emulator.state.clock.now()) {
		throw new ApiError(401, "bad.credentials", "Invalid login credentials.");
	}
	return { token, client };
}

/** `/api/v2/tokens/me`: needs no permission. */
export function tokenRoutes({ state }: Emulator): Route[] {
	const organization = { id: state.organization.id, name: state.organization.name };
	return [
		{
			method: "GET",
			path: "/api/v2/tokens/me",
			permissions: [],
			handle: ({ client }) => ({
				body: {
					organization,
					homeOrganization: organization,
					authorizedScope: client.scope,
					OAuthClient: { id: client.id, name: client.name, organization, state: client.state, roleDivisions: client.roleDivisions },
				},
			}),
		},
		{
			method: "DELETE",
			path: "/api/v2/tokens/me",
			permissions: [],
			handle: ({ client }) => {
				// The token itself is not part of a call: a client's tokens are revoked together.
				for (const token of state.tokens.values()) if (token.clientId === client.id) state.tokens.delete(token.value);
				return { status: 204 };
			},
		},
	];
}
