import type { LambdaFunctionURLResult } from "aws-lambda";

/** A text inside of HTML, whatever a name holds. */
export const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** A form with one button, which posts to the same address. */
export const buttonOf = (label: string): string => `<form method="post"><button>${label}</button></form>`;

/** A page for a person who followed a link: kept nowhere, shown in no frame, and without anything that could run. `text` is HTML. */
export function personPage(statusCode: number, text: string, form = ""): LambdaFunctionURLResult {
	return {
		statusCode,
		headers: {
			"content-type": "text/html; charset=utf-8",
			"cache-control": "no-store",
			"referrer-policy": "no-referrer",
			"content-security-policy": "default-src 'none'; form-action 'self'; frame-ancestors 'none'",
		},
		body: `<!doctype html><title>On-call runbooks</title><p>${text}</p>${form}`,
	};
}
