import { registerPackage } from "@pulumi/pulumi/runtime/index.js";

/** The Terraform provider, its version and the resource types in use: what `pulumi package add` would write for the same choice. */
export const parameterization = {
	remote: { url: "registry.opentofu.org/mypurecloud/genesyscloud", version: "1.82.0" },
	includes: [
		"genesyscloud_architect_datatable",
		"genesyscloud_auth_role",
		"genesyscloud_flow",
		"genesyscloud_integration",
		"genesyscloud_integration_action",
		"genesyscloud_integration_credential",
		"genesyscloud_oauth_client",
	],
};

/** Version of the bridge plugin `terraform-provider` that serves the Terraform provider to Pulumi. */
export const bridgeVersion = "1.1.3";

let registered: Promise<string> | undefined;

/** The reference of the parameterized package: registered once, because a second registration would make a second default provider. */
export function getPackage(): Promise<string> {
	registered ??= registerPackage({
		baseProviderName: "terraform-provider",
		baseProviderVersion: bridgeVersion,
		baseProviderDownloadUrl: "",
		packageName: "genesyscloud",
		packageVersion: parameterization.remote.version,
		base64Parameter: Buffer.from(JSON.stringify(parameterization)).toString("base64"),
	});
	return registered;
}
