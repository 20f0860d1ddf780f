import * as z from "zod";
import { secondsIn, spanPattern } from "./spans.ts";

/** A span of time as people write it: `90s`, `3m`, `1m30s`, `1h`; in seconds once it is read. */
export const span = z.string().regex(spanPattern, "expected a span such as 90s, 3m, 1m30s or 1h").transform(secondsIn);

export const at = { at: span.describe("When, from the start of the scenario.") };
export const system = z.enum(["pagerduty", "twilio", "genesys"]);
export const wireSystem = z.enum(["genesys", "pagerduty", "twilio", "ledger", "queue"]);
export const host = z
	.enum(["events", "rest", "api", "login"])
	.optional()
	.describe("One host of the system: events or rest of PagerDuty, api or login of Genesys Cloud; all when absent.");
export const path = z
	.string()
	.regex(/^\//, "expected a path that begins with /")
	.optional()
	.describe("The beginning of the paths that it touches; all when absent.");

export const again = {
	rounds: z.int().min(2).max(1000).optional().describe("So many times, every so long after the time before; once when absent."),
	every: span.optional().describe("So long after each other; all at once when absent."),
};

export const many = {
	numbers: z
		.tuple([z.int().min(1), z.int().max(1000)])
		.optional()
		.describe("Of numbered trunks, from which number to which; one trunk of this very name when absent."),
	...again,
};

/** What another system tells of, and how. */
export const told = {
	trunk: z.string().optional().describe("One of the organization, or something that Genesys Cloud does not see."),
	queue: z.string().optional().describe("Of a queue, instead of a trunk."),
	format: z
		.enum(["reading", "alertmanager", "cloudwatch", "genesys-alerting", "probe"])
		.default("reading")
		.describe(
			"Our own document, signed; or, where the settings take it: Alertmanager's, Genesys Cloud's alerting's, or that of the README's json mapping `probe`, with a bearer token; or a CloudWatch alarm `<name>-down`, signed by Amazon SNS.",
		),
};

export const isOfOne = ({ trunk, queue }: { readonly trunk?: string | undefined; readonly queue?: string | undefined }): boolean =>
	(trunk === undefined) !== (queue === undefined);
