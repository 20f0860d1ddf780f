import type { Call } from "../../../vendors/call.ts";
import type { Clock } from "../../pipeline/ports.ts";
import { failure } from "../http/http.ts";
import { sign, signatureHeader, timestampHeader } from "../webhook/signature.ts";

export interface Signer {
	readonly system: string;
	readonly clock?: Clock;
	/** The secrets of the credential. */
	readonly credential: Readonly<Record<string, string>>;
}

/** What a call adds to its headers to prove who makes it; nothing where its vendor wants no signature. Throws EdgeError "misconfigured". */
export function signatureOf(
	{ signature }: Call,
	body: string | undefined,
	{ system, clock, credential }: Signer,
): Readonly<Record<string, string>> {
	if (signature !== "hmac") return {};
	const { signingSecret: secret = "" } = credential;
	if (secret === "" || clock === undefined) throw failure("misconfigured", `${system}: expected a signing secret and a clock, got none`);
	const timestamp = String(Math.floor(clock.now() / 1000));
	return { [signatureHeader]: sign(secret, timestamp, body ?? ""), [timestampHeader]: timestamp };
}
