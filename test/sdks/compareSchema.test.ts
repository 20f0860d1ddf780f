import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { compareWithSchema, type PackageSchema } from "./compareSchema.ts";

const source = (name: string): string => readFileSync(new URL(`../../sdks/genesyscloud/${name}.ts`, import.meta.url), "utf8");
const text = { type: "string" } as const;

/** A part of what the bridge tells of the provider 1.82.0. */
const credential: PackageSchema["resources"][string] = {
	inputProperties: {
		credentialTypeName: text,
		fields: { type: "object", additionalProperties: text, secret: true },
		integrationCredentialId: text,
		name: text,
	},
	requiredInputs: ["credentialTypeName"],
	properties: {
		credentialTypeName: text,
		fields: { type: "object", additionalProperties: text, secret: true },
		integrationCredentialId: text,
		name: text,
	},
};
const credentialToken = "genesyscloud:index/integrationCredential:IntegrationCredential";
const only = (resource: PackageSchema["resources"][string]): PackageSchema => ({ resources: { [credentialToken]: resource } });

const roleToken = "genesyscloud:index/authRole:AuthRole";
const listOf = (items: object) => ({ type: "array", items });
const ref = (name: string) => ({ $ref: `#/types/genesyscloud:index/${name}:${name}` });
const roleInputs = {
	authRoleId: text,
	defaultRoleId: text,
	description: text,
	name: text,
	permissionPolicies: listOf(ref("AuthRolePermissionPolicy")),
	permissions: listOf(text),
};
const object = (properties: Readonly<Record<string, object>>, required: readonly string[]) => ({ properties, required });
const roleTypes: NonNullable<PackageSchema["types"]> = {
	"genesyscloud:index/AuthRolePermissionPolicy:AuthRolePermissionPolicy": object(
		{ actionSets: listOf(text), conditions: ref("AuthRolePermissionPolicyConditions"), domain: text, entityName: text },
		["actionSets", "domain", "entityName"],
	),
	"genesyscloud:index/AuthRolePermissionPolicyConditions:AuthRolePermissionPolicyConditions": object(
		{ conjunction: text, terms: listOf(ref("AuthRolePermissionPolicyConditionsTerm")) },
		["conjunction", "terms"],
	),
	"genesyscloud:index/AuthRolePermissionPolicyConditionsTerm:AuthRolePermissionPolicyConditionsTerm": object(
		{ operands: listOf(ref("AuthRolePermissionPolicyConditionsTermOperand")), operator: text, variableName: text },
		["operands", "operator", "variableName"],
	),
	"genesyscloud:index/AuthRolePermissionPolicyConditionsTermOperand:AuthRolePermissionPolicyConditionsTermOperand": object(
		{ queueId: text, type: text, userId: text, value: text },
		["type"],
	),
};
const role: PackageSchema = { resources: { [roleToken]: { inputProperties: roleInputs, properties: roleInputs } }, types: roleTypes };

test("a class that agrees with the schema differs in nothing, down to the innermost object", () => {
	expect(compareWithSchema(source("integrationCredential"), only(credential), [])).toEqual([]);
	expect(compareWithSchema(source("authRole"), role, [])).toEqual([]);
});

const { inputProperties = {}, properties = {} } = credential;

test.each<readonly [string, PackageSchema, readonly string[]]>([
	["a type that is gone", { resources: {} }, [`IntegrationCredential: expected a resource ${credentialToken} in the schema, got none`]],
	[
		"a new input",
		only({ ...credential, inputProperties: { ...inputProperties, colour: text } }),
		["IntegrationCredential.colour: expected the input to be declared, got nothing"],
	],
	[
		"a new output",
		only({ ...credential, properties: { ...properties, colour: text } }),
		["IntegrationCredential.colour: expected the output to be declared, got nothing"],
	],
	[
		"an input and an output that are gone",
		only({
			...credential,
			inputProperties: { credentialTypeName: text, name: text },
			properties: { credentialTypeName: text, name: text, integrationCredentialId: text },
		}),
		[
			"IntegrationCredential.fields: expected an input of the schema, got none",
			"IntegrationCredential.fields: expected an output of the schema, got none",
		],
	],
	[
		"another type",
		only({ ...credential, inputProperties: { ...inputProperties, name: { type: "integer" } } }),
		["IntegrationCredential.name: expected number, got string"],
	],
	[
		"a list for a map",
		only({ ...credential, inputProperties: { ...inputProperties, fields: listOf(text) } }),
		["IntegrationCredential.fields: expected a list, got Record<string, string>"],
	],
	[
		"an input that is required now",
		only({ ...credential, requiredInputs: ["credentialTypeName", "fields"] }),
		["IntegrationCredential.fields: expected it to be required, got an optional one"],
	],
	[
		"an output that is a secret now",
		only({ ...credential, properties: { ...properties, name: { type: "string", secret: true } } }),
		["IntegrationCredential.name: expected a secret output, got a plain one"],
	],
])("%s is told", (_, schema, differences) => {
	expect(compareWithSchema(source("integrationCredential"), schema, [])).toEqual(differences);
});

test("what is left out on purpose is no difference", () => {
	const more = only({ ...credential, inputProperties: { ...inputProperties, colour: text }, properties: { ...properties, colour: text } });
	expect(compareWithSchema(source("integrationCredential"), more, ["IntegrationCredential.colour"])).toEqual([]);
});

test("an inner object is compared as well", () => {
	const operand = "genesyscloud:index/AuthRolePermissionPolicyConditionsTermOperand:AuthRolePermissionPolicyConditionsTermOperand";
	const other = {
		...role,
		types: { ...roleTypes, [operand]: object({ queueId: text, type: text, userId: text, value: { type: "boolean" } }, ["type", "value"]) },
	};
	expect(compareWithSchema(source("authRole"), other, [])).toEqual([
		"AuthRolePermissionPolicyConditionsTermOperand.value: expected it to be required, got an optional one",
		"AuthRolePermissionPolicyConditionsTermOperand.value: expected boolean, got string",
	]);
});
