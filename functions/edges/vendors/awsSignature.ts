import { Sha256 } from "@smithy/core/checksum";
import { SignatureV4 } from "@smithy/signature-v4";

/** What a role signs with; temporary keys have a token beside them. */
export interface AwsIdentity {
	readonly accessKeyId: string;
	readonly secretAccessKey: string;
	readonly sessionToken?: string;
}

export interface AwsRequest {
	readonly url: string;
	readonly method: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: string;
}

export interface AwsScope {
	/** As signatures name it. */
	readonly service: string;
	readonly region: string;
	/** When it is signed, in milliseconds; now, where nobody says. */
	readonly at?: number;
}

/** The headers of a request with those that sign it: AWS Signature Version 4. */
export async function awsSigned(
	request: AwsRequest,
	identity: AwsIdentity,
	{ service, region, at }: AwsScope,
): Promise<Record<string, string>> {
	const { protocol, host, hostname, pathname, searchParams } = new URL(request.url);
	const signer = new SignatureV4({ credentials: identity, region, service, sha256: Sha256 });
	const { headers } = await signer.sign(
		{
			method: request.method,
			protocol,
			hostname,
			path: pathname,
			query: Object.fromEntries(searchParams),
			headers: { ...request.headers, host },
			body: request.body,
		},
		at === undefined ? {} : { signingDate: new Date(at) },
	);
	// fetch sets the host by itself.
	const { host: _host, ...others } = headers;
	return others;
}
