import * as pulumi from "@pulumi/pulumi";
import { prepare } from "./components/prepare.ts";
import { sizeWarnings } from "./components/responseFlow.ts";
import { RunbookSystem } from "./components/runbookSystem.ts";
import { ledgerWarnings } from "./components/settings/ledger.ts";
import { readStack } from "./components/settings/stackConfiguration.ts";
import { warningsOf } from "./components/settings/warnings.ts";

/** Settings → one RunbookSystem → stack outputs, in reading order. Whatever can be refused is refused before anything is declared, and what only contradicts itself is warned of. */
export default async function program(warn: (text: string) => unknown = (text) => pulumi.log.warn(text)) {
	const { settings, secrets, configured } = readStack();
	const prepared = await prepare(settings);
	const warnings = [...warningsOf(settings.runtime, Date.now()), ...ledgerWarnings(settings.redis)];
	for (const text of [...warnings, ...prepared.flows.flatMap(sizeWarnings)]) await warn(text);
	const system = new RunbookSystem("runbooks", { settings, prepared, secrets, configured });
	const remediator = system.remediator?.responder;
	return {
		webhookUrl: system.intake.webhook.url,
		flowIds: Object.fromEntries(Object.entries(system.responses).map(([policy, { flowId }]) => [policy, flowId])),
		...("tableName" in system.ledger ? { tableName: system.ledger.tableName } : {}),
		queueUrl: system.queue.queueUrl,
		alarmTopicArn: system.watch.topicArn,
		dashboard: system.watch.dashboardName,
		functions: {
			poller: system.detector.poller.functionName,
			normalizer: system.intake.webhook.functionName,
			dispatcher: system.dispatcher.responder.functionName,
			ledger: system.ledgerService.responder.functionName,
			overseer: system.overseer.responder.functionName,
			...(remediator === undefined ? {} : { remediator: remediator.functionName }),
		},
		roles: {
			poller: system.detector.poller.roleName,
			normalizer: system.intake.webhook.roleName,
			dispatcher: system.dispatcher.responder.roleName,
			ledger: system.ledgerService.responder.roleName,
			overseer: system.overseer.responder.roleName,
			...(remediator === undefined ? {} : { remediator: remediator.roleName }),
			genesysLedger: system.ledgerService.actions.roleName,
		},
	};
}
