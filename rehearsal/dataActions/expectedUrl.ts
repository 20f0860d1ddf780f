/** What a URL must look like for an integration of this type. */
export function expectedUrl(integrationType: string): { readonly form: RegExp; readonly words: string } | undefined {
	switch (integrationType) {
		case "custom-rest-actions":
			return { form: /^https?:\/\//, words: "an absolute http(s) URL" };
		case "aws-lambda-data-actions":
			return { form: /^arn:/, words: "a Lambda function's ARN" };
		case "purecloud-data-actions":
			return { form: /^\//, words: "a URL relative to the API, like /api/v2/…" };
		default:
			return undefined;
	}
}
