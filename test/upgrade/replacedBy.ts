/**
 * The properties that a resource cannot change: with another value it is made anew, and what it held is gone. Sources: "Forces new resource" on the
 * provider's pages of pulumi-aws 7.48 and of terraform-provider-genesyscloud 1.82; `*` is any property.
 */
const byType: Readonly<Record<string, readonly string[]>> = {
	"aws:cloudwatch/dashboard:Dashboard": ["dashboardName"],
	"aws:cloudwatch/eventBus:EventBus": ["name", "eventSourceName"],
	"aws:cloudwatch/eventRule:EventRule": ["name", "eventBusName"],
	"aws:cloudwatch/eventTarget:EventTarget": ["rule", "eventBusName", "targetId"],
	"aws:cloudwatch/logGroup:LogGroup": ["name"],
	"aws:cloudwatch/metricAlarm:MetricAlarm": ["name"],
	"aws:dynamodb/table:Table": ["name", "hashKey", "rangeKey"],
	"aws:iam/role:Role": ["name", "path"],
	"aws:iam/rolePolicy:RolePolicy": ["name", "role"],
	"aws:kms/key:Key": ["customerMasterKeySpec", "keyUsage", "multiRegion"],
	"aws:lambda/eventSourceMapping:EventSourceMapping": ["eventSourceArn", "startingPosition"],
	"aws:lambda/function:Function": ["name", "packageType"],
	"aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": ["functionName", "qualifier"],
	"aws:lambda/functionUrl:FunctionUrl": ["functionName", "qualifier"],
	"aws:lambda/permission:Permission": ["*"],
	"aws:scheduler/schedule:Schedule": ["name", "groupName"],
	"aws:secretsmanager/secret:Secret": ["name"],
	"aws:secretsmanager/secretVersion:SecretVersion": ["secretId"],
	"aws:sns/topic:Topic": ["name", "fifoTopic"],
	"aws:sns/topicPolicy:TopicPolicy": ["arn"],
	"aws:sns/topicSubscription:TopicSubscription": ["topic", "protocol", "endpoint"],
	"aws:sqs/queue:Queue": ["name", "fifoQueue"],
	"aws:sqs/queuePolicy:QueuePolicy": ["queueUrl"],
	"genesyscloud:index/architectDatatable:ArchitectDatatable": ["divisionId"],
	"genesyscloud:index/authRole:AuthRole": ["defaultRoleId"],
	// The program itself wants a new flow under a new name: components/responseFlow.ts.
	"genesyscloud:index/flow:Flow": ["name"],
	"genesyscloud:index/integration:Integration": ["integrationType"],
	"genesyscloud:index/integrationAction:IntegrationAction": ["contractInput", "contractOutput", "integrationId", "secure"],
	"genesyscloud:index/integrationCredential:IntegrationCredential": [],
	"genesyscloud:index/oauthClient:OauthClient": [],
};

/** The same for one resource. Throws for a type of which it is not known. */
export function replacedBy(type: string, inputs: Readonly<Record<string, unknown>>): readonly string[] {
	const properties = byType[type];
	if (properties === undefined) throw new Error(`Expected in test/upgrade/replacedBy.ts what replaces a ${type}, got nothing`);
	// A client of an integration is made anew by every change, as the program wants it: components/genesys/oauthClient.ts.
	return type.endsWith(":OauthClient") && inputs.integrationCredentialName !== undefined ? ["*"] : properties;
}
