import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from "aws-lambda";
import { invoke, queue } from "./edges/aws/services.ts";
import { answerAcknowledgePage, isAcknowledgement } from "./edges/links/acknowledgePage.ts";
import { answerApprovalPage, isApproval } from "./edges/links/approvalPage.ts";
import { isLookedAt, noSuchPage, personPage } from "./edges/links/personPage.ts";
import { everywhere, queueing } from "./edges/makers/everywhere.ts";
import { linking } from "./edges/makers/links.ts";
import { receiving } from "./edges/makers/receiving.ts";
import { askingRemediator } from "./edges/makers/remedies.ts";
import type { Ports } from "./edges/ports.ts";
import { onLambda } from "./edges/runtime.ts";
import { admit } from "./edges/webhook/admission.ts";
import { answer, answerAlerts, isAlertRequest } from "./edges/webhook/alerts.ts";
import { answerVendor, isVendorRequest } from "./edges/webhook/vendorWebhook.ts";
import { receive, receiveAll } from "./pipeline/run.ts";

const makers = { ...everywhere, ...queueing, ...linking, ...receiving, ...askingRemediator };

/**
 * The signed webhook: one reading of a streak, like a poll. Answers 202 for a reading that was taken, 4xx with the reason for one that was not.
 * Alerts of other systems come to `/webhook/<format>`, what vendors tell of pages to `/vendors/<kind>`. Its path `/approve` is where the approval
 * links of remedies lead, `/a/` the acknowledge links of pages; a browser anywhere else is told that there is no page.
 */
export const normalizerHandler =
	(ports: Pick<Ports, keyof typeof makers>) =>
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

export const handler = onLambda(normalizerHandler, makers, { invoke, queue });
