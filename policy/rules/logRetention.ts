import { isAtLeast, listOf, recordOf, shown } from "../resource.ts";
import type { ResourceRule } from "../rule.ts";

/** Logs end, and each function writes into a group that is declared. */
export const logRetention: ResourceRule = {
	name: "log-retention",
	info: "Logs are kept for ever, or in a group that nobody declared.",
	explanation:
		"A log group without retention keeps what it holds, and costs, until somebody looks. One that Lambda makes by itself is such a group.",
	check: ({ type, inputs }) => {
		if (type === "aws:cloudwatch/logGroup:LogGroup" && !isAtLeast(inputs.retentionInDays, 1))
			return [`expected retentionInDays from 1 up, got ${shown(inputs.retentionInDays)}`];
		if (type !== "aws:lambda/function:Function") return [];
		const group = listOf(inputs.loggingConfig).map((config) => recordOf(config).logGroup)[0];
		return group === undefined || group === "" ? ["expected loggingConfig.logGroup, a group of this stack, got none"] : [];
	},
};
