import { field, request } from "../../functions/edges/http/http.ts";
import { type AwsIdentity, awsSigned } from "../../functions/edges/vendors/awsSignature.ts";
import { EdgeError } from "../../functions/pipeline/ports.ts";

/** What Amazon EventBridge says of a partner's event source; `absent`: the partner offers none of that name to this account and region. */
export type SourceState = "ACTIVE" | "PENDING" | "DELETED" | "absent";

export interface SourceAsked {
	readonly name: string;
	readonly region: string;
	/** Elsewhere than at AWS. */
	readonly endpoint: string | undefined;
	readonly identity: AwsIdentity;
	readonly at: number;
}

const states = ["ACTIVE", "PENDING", "DELETED"] as const;

/** `events:DescribeEventSource`, which changes nothing. Throws EdgeError. */
export async function sourceState(asked: SourceAsked): Promise<SourceState> {
	try {
		const state = field((await request(await signedRequest(asked))).json, "State");
		const known = states.find((each) => each === state);
		if (known !== undefined) return known;
	} catch (error) {
		if (error instanceof EdgeError && error.reason === "not-found") return "absent";
		throw error;
	}
	throw new EdgeError("malformed", `Amazon EventBridge: expected a state of ${states.join(", ")}, got another`, { retry: true });
}

async function signedRequest({ name, region, endpoint, identity, at }: SourceAsked) {
	const url = endpoint ?? `https://events.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}`;
	const post = {
		url: `${url}/`,
		method: "POST" as const,
		headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": "AWSEvents.DescribeEventSource" },
		body: JSON.stringify({ Name: name }),
	};
	return {
		...post,
		headers: await awsSigned(post, identity, { service: "events", region, at }),
		fetch,
		timeoutSeconds: 10,
		system: "Amazon EventBridge",
		name: "DescribeEventSource",
		vendorReason: (_status: number, json: unknown) => reasons[String(field(json, "__type")).split("#").at(-1) ?? ""],
	};
}

/** By the names of AWS's errors: its status is 400 for all of them. */
const reasons: Readonly<Record<string, "not-found" | "forbidden" | "unauthorized">> = {
	ResourceNotFoundException: "not-found",
	AccessDeniedException: "forbidden",
	UnrecognizedClientException: "unauthorized",
	ExpiredTokenException: "unauthorized",
};
