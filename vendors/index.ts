// Every vendor, by the `kind` of its channels in a stack file: one line each.

export { email } from "./email.ts";
export { jira } from "./jira.ts";
export { jiraDataCenter } from "./jiraDataCenter.ts";
export { jsm } from "./jsm.ts";
export { opsgenie } from "./opsgenie.ts";
export { pagerduty } from "./pagerduty.ts";
export { servicenow } from "./servicenow.ts";
export { signedWebhook } from "./signedWebhook.ts";
export { slack } from "./slack.ts";
export { sms } from "./sms.ts";
export { teams } from "./teams.ts";
export { voice } from "./voice.ts";
