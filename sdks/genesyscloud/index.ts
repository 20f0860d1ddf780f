/** Typed classes over the bridged provider `mypurecloud/genesyscloud`: tokens, names and properties as in the SDK that Pulumi generates. */
export { ArchitectDatatable, type ArchitectDatatableArgs, type ArchitectDatatableProperty } from "./architectDatatable.ts";
export { AuthRole, type AuthRoleArgs, type AuthRolePermissionPolicy } from "./authRole.ts";
export { Flow, type FlowArgs } from "./flow.ts";
export { Integration, type IntegrationArgs, type IntegrationConfig } from "./integration.ts";
export {
	IntegrationAction,
	type IntegrationActionArgs,
	type IntegrationActionConfigRequest,
	type IntegrationActionConfigResponse,
} from "./integrationAction.ts";
export { IntegrationCredential, type IntegrationCredentialArgs } from "./integrationCredential.ts";
export { OauthClient, type OauthClientArgs, type OauthClientRole } from "./oauthClient.ts";
