import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from "aws-lambda";
import { answerAcknowledgePage, isAcknowledgement } from "./edges/links/acknowledgePage.ts";
import { answerApprovalPage, isApproval } from "./edges/links/approvalPage.ts";
import { isLookedAt, noSuchPage, personPage } from "./edges/links/personPage.ts";
import type { Ports } from "./edges/ports.ts";
import { onLambda } from "./edges/runtime.ts";
import { admit } from "./edges/webhook/admission.ts";
import { answerAlerts, isAlertRequest } from "./edges/webhook/alerts.ts";
import { answerVendor, isVendorRequest } from "./edges/webhook/vendorWebhook.ts";
import { receive, receiveAll } from "./pipeline/run.ts";

/**
 * The signed webhook: one reading of a streak, like a poll. Answers 202 for a reading that was taken, 4xx with the reason for one that was not.
 * Alerts of other systems come to `/webhook/<format>`, what vendors tell of pages to `/vendors/<kind>`. Its path `/approve` is where the approval
 * links of remedies lead, `/a/` the acknowledge links of pages; a browser anywhere else is told that there is no page.
 */
export const normalizerHandler =
	(ports: Ports) =>
	async (event: LambdaFunctionURLEvent): Promise<LambdaFunctionURLResult> => {
		if (isAcknowledgement(ports.settings, event)) return answerAcknowledgePage(ports, event);
		if (isApproval(ports.settings, event)) return answerApprovalPage(ports, event);
		if (isLookedAt(event)) return personPage(event, noSuchPage);
		if (isVendorRequest(event)) return answer(await answerVendor(ports, event));
		if (isAlertRequest(event)) return answer(await answerAlerts(ports, event, (readings) => receiveAll(ports, readings)));
		const admission = await admit(ports, event);
		if (admission.reading === undefined) return answer({ status: admission.status, outcome: admission.reason, detail: admission.detail });
		await receive(ports, admission.reading);
		// Only now: a repeat of a request that failed half-way must be taken.
		await admission.remember();
		return answer({ status: 202, outcome: "taken" });
	};

const answer = ({ status, ...body }: Awaited<ReturnType<typeof answerAlerts>>): LambdaFunctionURLResult => ({
	statusCode: status,
	headers: { "content-type": "application/json" },
	body: JSON.stringify(body),
});

export const handler = onLambda(normalizerHandler);
