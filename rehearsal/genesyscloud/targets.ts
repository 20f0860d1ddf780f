import type { Emulator } from "./emulator.ts";
import type { Credential, Integration } from "./state.ts";

/** One rendered request of a data action. */
export interface TargetRequest {
	readonly method: string;
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string | undefined;
	readonly signal: AbortSignal;
}

export interface TargetAnswer {
	readonly status: number;
	readonly text: string;
}

/** A call that could not be made. */
export class TargetError extends Error {
	readonly status: number;
	/** Our own word: the vendor's vocabulary is not published. */
	readonly detail: string;

	constructor(status: number, detail: string, message: string) {
		super(message);
		this.name = "TargetError";
		this.status = status;
		this.detail = detail;
	}
}

/** Makes the call as the integration's type does it: to the outside, to this organization's API, or to a Lambda function. */
export async function callTarget(emulator: Emulator, integration: Integration, request: TargetRequest): Promise<TargetAnswer> {
	const credential = credentialOf(emulator, integration);
	switch (integration.typeId) {
		case "purecloud-data-actions":
			return callOwnApi(emulator, credential, request);
		case "aws-lambda-data-actions":
			return callLambda(emulator, credential, request);
		default:
			return callOutside(emulator, credential, request);
	}
}

/** The credential of the integration's one slot. */
export function credentialOf(emulator: Emulator, integration: Integration): Credential | undefined {
	const [id] = Object.values(integration.config.credentials);
	return id === undefined ? undefined : emulator.state.credentials.get(id);
}

async function callOutside(emulator: Emulator, credential: Credential | undefined, request: TargetRequest): Promise<TargetAnswer> {
	if (!/^https?:\/\//.test(request.url)) throw new TargetError(400, "ACTION.URL", "expected an absolute http(s) URL");
	const headers = new Headers(request.headers);
	// The vendor adds Basic authentication by itself for a credential of this type, unless the action writes the header.
	if (credential?.typeName === "basicAuth" && !headers.has("authorization")) {
		headers.set("authorization", `Basic ${base64(`${credential.fields.userName}:${credential.fields.password}`)}`);
	}
	if (request.body !== undefined && !headers.has("content-type")) headers.set("content-type", "application/json");
	try {
		const body = request.body === undefined ? {} : { body: request.body };
		const answer = await emulator.outbound(request.url, { method: request.method, headers, signal: request.signal, ...body });
		return { status: answer.status, text: await answer.text() };
	} catch (error) {
		throw new TargetError(502, "ACTION.CONNECTION", `${new URL(request.url).host} cannot be reached: ${connectionReason(error)}`);
	}
}

function connectionReason(error: unknown): string {
	if (!(error instanceof Error)) return "unknown reason";
	const { cause } = error;
	return cause instanceof Error && "code" in cause ? `${error.message} (${String(cause.code)})` : error.message;
}

async function callOwnApi(emulator: Emulator, credential: Credential | undefined, request: TargetRequest): Promise<TargetAnswer> {
	if (!request.url.startsWith("/")) throw new TargetError(400, "ACTION.URL", "expected a URL relative to the API, like /api/v2/…");
	const token = await ownToken(emulator, credential);
	const headers = new Headers(request.headers);
	headers.set("authorization", `Bearer ${token}`);
	if (request.body !== undefined && !headers.has("content-type")) headers.set("content-type", "application/json");
	const body = request.body === undefined ? {} : { body: request.body };
	const answer = await emulator.inbound(
		new Request(`https://api.${emulator.state.organization.domain}${request.url}`, { method: request.method, headers, ...body }),
	);
	return { status: answer.status, text: await answer.text() };
}

/** A living token of the credential's client, or a new one. */
async function ownToken(emulator: Emulator, credential: Credential | undefined): Promise<string> {
	if (credential === undefined) throw new TargetError(401, "ACTION.AUTHENTICATION", "the integration has no credential");
	const { clientId = "", clientSecret = "" } = credential.fields;
	const { state } = emulator;
	const now = state.clock.now();
	const client = state.clients.get(clientId);
	const known = [...state.tokens.values()].find((token) => token.clientId === clientId && token.expiresAt > now);
	if (known !== undefined && client?.secret === clientSecret && client.state === "active") return known.value;
	const answer = await emulator.inbound(
		new Request(`https://login.${state.organization.domain}/oauth/token`, {
			method: "POST",
			headers: { authorization: `Basic ${base64(`${clientId}:${clientSecret}`)}`, "content-type": "application/x-www-form-urlencoded" },
			body: "grant_type=client_credentials",
		}),
	);
	const body: unknown = await answer.json();
	if (!answer.ok || typeof body !== "object" || body === null || !("access_token" in body)) {
		throw new TargetError(401, "ACTION.AUTHENTICATION", "the credential's OAuth client cannot log in");
	}
	return String(body.access_token);
}

async function callLambda(emulator: Emulator, credential: Credential | undefined, request: TargetRequest): Promise<TargetAnswer> {
	if (!request.url.startsWith("arn:")) throw new TargetError(400, "ACTION.URL", `expected a Lambda function's ARN, got ${request.url}`);
	const roleArn = credential?.fields.ARN;
	if (roleArn === undefined) throw new TargetError(403, "ACTION.AUTHENTICATION", "the integration has no credential with a role's ARN");
	const externalId = emulator.state.organization.id;
	let payload: unknown;
	try {
		payload = JSON.parse(request.body ?? "{}");
	} catch {
		throw new TargetError(400, "ACTION.REQUEST", "the request template did not give JSON");
	}
	try {
		const { status, body } = await emulator.invokeLambda({ functionArn: request.url, roleArn, externalId, payload });
		return { status, text: body };
	} catch (error) {
		throw new TargetError(502, "ACTION.LAMBDA", error instanceof Error ? error.message : "the function could not be called");
	}
}

function base64(text: string): string {
	return Buffer.from(text, "utf8").toString("base64");
}
