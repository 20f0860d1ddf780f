/** Where the metrics of all functions are found in CloudWatch. */
export const metricNamespace = "genesyscloud-runbooks";

/** The metrics of the journal that alarms watch, each by the dimension `service`, a function's name. */
export const watchedMetrics = { heartbeat: "heartbeat", error: "error", budgetSpent: "budget-spent" } as const;
