import { createHash, createHmac } from "node:crypto";
import type { AwsCallers } from "../emulator.ts";

/** Whose request it is; or why it is refused, by the name of the error. */
export type Caller = { readonly accessKeyId: string } | { readonly refused: string };

interface Scope {
	readonly service: string;
	readonly region: string;
	readonly now: number;
	readonly secretsOf: AwsCallers["secretsOf"];
}

/** How long a signature is good, each way. */
const windowMilliseconds = 300_000;

const authorization =
	/^AWS4-HMAC-SHA256 Credential=([A-Z0-9]+)\/(\d{8})\/([\w-]+)\/([\w-]+)\/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/;

/** Who signed a request, by AWS's Signature Version 4. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
export async function callerOf(request: Request, { service, region, now, secretsOf }: Scope): Promise<Caller> {
	const shown = request.headers.get("authorization");
	if (shown === null) return { refused: "MissingAuthenticationTokenException" };
	const [, accessKeyId = "", day = "", ofRegion, ofService, names = "", signature = ""] = authorization.exec(shown) ?? [];
	if (accessKeyId === "") return { refused: "IncompleteSignatureException" };
	const known = secretsOf(accessKeyId);
	if (known === undefined || request.headers.get("x-amz-security-token") !== known.sessionToken)
		return { refused: "UnrecognizedClientException" };
	const at = request.headers.get("x-amz-date") ?? "";
	const isInTime = Math.abs(instantOf(at) - now) <= windowMilliseconds && at.startsWith(day);
	if (!isInTime || ofRegion !== region || ofService !== service) return { refused: "InvalidSignatureException" };
	const signed = names.split(";");
	if (!["host", "x-amz-date", "x-amz-security-token"].every((name) => signed.includes(name)))
		return { refused: "InvalidSignatureException" };
	const text = ["AWS4-HMAC-SHA256", at, `${day}/${region}/${service}/aws4_request`, sha256(await canonicalRequest(request, signed))].join(
		"\n",
	);
	const key = [day, region, service, "aws4_request"].reduce<Buffer>(hmac, Buffer.from(`AWS4${known.secretAccessKey}`));
	return hmac(key, text).toString("hex") === signature ? { accessKeyId } : { refused: "InvalidSignatureException" };
}

async function canonicalRequest(request: Request, signed: readonly string[]): Promise<string> {
	const { pathname, searchParams, host } = new URL(request.url);
	const query = [...searchParams].map(([name, value]) => `${escaped(name)}=${escaped(value)}`).toSorted();
	const headers = signed.map((name) => `${name}:${name === "host" ? host : (request.headers.get(name) ?? "").trim()}\n`);
	const path = pathname.split("/").map(escaped).join("/");
	return [request.method, path, query.join("&"), headers.join(""), signed.join(";"), sha256(await request.clone().text())].join("\n");
}

/** As RFC 3986 has it; a path that is escaped already is escaped once more. */
const escaped = (text: string): string =>
	encodeURIComponent(text).replaceAll(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const hmac = (key: Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();

/** `20261124T100000Z` */
const instantOf = (at: string): number => Date.parse(at.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
