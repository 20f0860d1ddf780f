import { isGiven, isOn, type Resource, recordOf } from "../resource.ts";
import type { ResourceRule } from "../rule.ts";

type Inputs = Resource["inputs"];

/** What each kind of store must say, by its type; undefined where it does. */
const expected: Readonly<Record<string, (inputs: Inputs) => string | undefined>> = {
	"aws:dynamodb/table:Table": ({ serverSideEncryption }) =>
		isOn(recordOf(serverSideEncryption).enabled) ? undefined : "serverSideEncryption.enabled: true",
	"aws:sqs/queue:Queue": ({ sqsManagedSseEnabled, kmsMasterKeyId }) =>
		isOn(sqsManagedSseEnabled) || isGiven(kmsMasterKeyId) ? undefined : "sqsManagedSseEnabled: true, or a kmsMasterKeyId",
	"aws:sns/topic:Topic": ({ kmsMasterKeyId }) => (isGiven(kmsMasterKeyId) ? undefined : "a kmsMasterKeyId"),
	"aws:kms/key:Key": ({ enableKeyRotation }) => (isOn(enableKeyRotation) ? undefined : "enableKeyRotation: true"),
};

/** What rests is encrypted, by keys that are replaced. */
export const encryptedStores: ResourceRule = {
	name: "encrypted-stores",
	info: "A store is not encrypted, or its key is never replaced.",
	explanation: "Incidents name people, places and numbers. Encryption at rest is one property, and an audit asks for it.",
	check: ({ type, inputs }) => {
		const missing = expected[type]?.(inputs);
		return missing === undefined ? [] : [`expected ${missing}, got none of it`];
	},
};
