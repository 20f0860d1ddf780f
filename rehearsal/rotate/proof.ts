import type { Finding } from "../../doctor/finding.ts";
import type { Track } from "../../doctor/progress.ts";
import { judgeCredential } from "../../doctor/vendors/judge.ts";
import { readVendors } from "../../doctor/vendors/read.ts";
import type { AwsIdentity } from "../../functions/edges/vendors/awsSignature.ts";
import type { RuntimeSettings } from "../../functions/pipeline/settings.ts";
import { secretKey } from "../../vendors/credentials.ts";
import { type ChannelKind, vendorOf } from "../../vendors/kinds.ts";
import type { RotatableSecret } from "./rotatable.ts";

/** How a vendor is asked. */
export interface ProofAccess {
	readonly settings: RuntimeSettings;
	readonly fetch: (kind: ChannelKind) => typeof fetch;
	readonly identity?: AwsIdentity;
	readonly track: Track;
}

/** Whether a vendor takes what is to be stored, by reads only, and what it said; `unknown` where nothing could be read that would tell. */
export interface Proof {
	readonly verdict: "taken" | "refused" | "unknown";
	readonly findings: readonly Finding[];
}

/** Asks the vendor of a credential with the values of a document, as the doctor asks it. */
export async function prove(access: ProofAccess, credential: RotatableSecret, text: string): Promise<Proof> {
	const { name, kind } = credential;
	if (kind === undefined) return { verdict: "taken", findings: [] };
	const document: Readonly<Record<string, string>> = JSON.parse(text);
	const secrets = Object.fromEntries(Object.entries(document).map(([field, value]) => [secretKey(name, field), value]));
	// Of every other credential no secret is given: nobody is asked about it.
	const all = await readVendors({ ...access, secrets }, access.track);
	const findings = all.flatMap((read) => (read.credential === name ? judgeCredential(read) : [])).filter(isOfKey(kind, name));
	return { verdict: verdictOf(findings), findings };
}

/** How its place is set up, such as a service in maintenance, says nothing of a key. */
function isOfKey(kind: ChannelKind, name: string): (finding: Finding) => boolean {
	const others = (vendorOf(kind).calls.place?.expects ?? []).flatMap(({ field, must }) =>
		"holdSecret" in must ? [] : [`vendors.${name}.${field}`],
	);
	return ({ id }) => !others.includes(id);
}

function verdictOf(findings: readonly Finding[]): Proof["verdict"] {
	if (findings.some(({ verdict }) => verdict === "does-not-hold")) return "refused";
	return findings.length > 0 && findings.every(({ verdict }) => verdict === "holds") ? "taken" : "unknown";
}
