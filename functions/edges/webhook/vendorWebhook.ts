import type { LambdaFunctionURLEvent } from "aws-lambda";
import { heardVendor, inboundRoot } from "../../../vendors/inboundPaths.ts";
import { rememberSeconds } from "../../pipeline/respond/heardFromVendor.ts";
import { heardFromVendor } from "../../pipeline/run.ts";
import type { Ports } from "../ports.ts";
import { newsOf } from "../vendors/inboundNews.ts";
import { maximumBodyBytes, remember, replayKey } from "./admission.ts";
import { signedContent, verifySender } from "./vendorSignatures.ts";

type VendorEvent = Pick<LambdaFunctionURLEvent, "headers" | "body" | "isBase64Encoded" | "rawPath" | "rawQueryString" | "requestContext">;
type VendorPorts = Pick<Ports, "settings" | "clock" | "journal" | "ledger" | "vendorWebhookSecrets">;

interface Answer {
	readonly status: 200 | 401 | 404 | 413;
	readonly outcome: string;
}

/** Whether a request to the function URL is a vendor's that tells of a page. */
export const isVendorRequest = ({ rawPath }: Pick<LambdaFunctionURLEvent, "rawPath">): boolean => rawPath?.startsWith(inboundRoot) ?? false;

/**
 * Verifies size, path, sender and replay, in this order, and hears what is told. Nobody who is not the vendor learns more than that. What is none
 * of ours is answered 200 as well: vendors end a subscription whose requests are refused. Throws EdgeError where something could not be written:
 * the vendor repeats it.
 */
export async function answerVendor(ports: VendorPorts, event: VendorEvent): Promise<Answer> {
	const body = Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8");
	if (body.length > maximumBodyBytes) return { status: 413, outcome: "too-large" };
	const vendor = heardVendor(event.rawPath.slice(inboundRoot.length).replace(/\/$/, ""));
	const secrets = vendor && (await ports.vendorWebhookSecrets(vendor.path));
	if (vendor === undefined || secrets === undefined || secrets.length === 0) return { status: 404, outcome: "unknown-path" };
	const query = event.rawQueryString ?? "";
	const target = `${event.rawPath}${query === "" ? "" : `?${query}`}`;
	const header = (name: string): string | undefined => event.headers[name.toLowerCase()];
	const now = ports.clock.now();
	const sent = { header, body, host: event.requestContext.domainName, target };
	if (verifySender(vendor.inbound.sender, sent, secrets, now) !== "valid") return { status: 401, outcome: "refused" };
	const text = body.toString("utf8");
	const replay = replayKey(`${vendor.path} ${signedContent(vendor.inbound.sender, sent).toString("base64")}`);
	if ((await ports.ledger.read(replay)) !== undefined) return { status: 200, outcome: "already-taken" };
	const news = newsOf(vendor, text, query);
	if (news === undefined) return { status: 200, outcome: "not-ours" };
	const outcome = await heardFromVendor(ports, news);
	// Only now: a repeat of a request that failed half-way must be taken.
	await remember(ports, replay, now, rememberSeconds);
	return { status: 200, outcome };
}
