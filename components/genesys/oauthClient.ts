import * as pulumi from "@pulumi/pulumi";
import * as genesyscloud from "../../sdks/genesyscloud/index.ts";
import { StoredSecret } from "../aws/secrets.ts";
import type { Settings } from "../settings/settings.ts";
import { PermissionRole } from "./permissionRole.ts";
import type { Permission } from "./permissions.ts";

export interface OauthClientArgs {
	readonly settings: Settings;
	/** `<base> <purpose>` is the name of the client and of its role. */
	readonly purpose: "detector" | "launcher" | "responder" | "remediator" | "announcer";
	readonly description: string;
	readonly permissions: readonly Permission[];
	/** Who uses it: functions in AWS (the secret goes to Secrets Manager), or an integration (the secret never leaves Genesys Cloud). */
	readonly usedBy: "functions" | "integration";
}

/** An OAuth client with a role of its own, so that its permissions and its request allowance are nobody else's. */
export class OauthClient extends pulumi.ComponentResource {
	readonly #name: string;
	readonly #secretArn: pulumi.Output<string> | undefined;
	readonly #credentialId: pulumi.Output<string> | undefined;

	constructor(name: string, args: OauthClientArgs, opts?: pulumi.ComponentResourceOptions) {
		super("genesyscloud-runbooks:index:OauthClient", name, {}, opts);
		const { settings, purpose, description, permissions, usedBy } = args;
		const clientName = `${settings.base} ${purpose}`;
		const role = new PermissionRole(`${name}-role`, { roleName: clientName, description, permissions }, { parent: this });
		const { generation, keepsPrevious } = settings.clients[purpose] ?? { generation: 1, keepsPrevious: false };
		const make = (which: number): genesyscloud.OauthClient => this.#make(numbered(`${name}-client`, which, "-"), role, args, which);
		const client = make(generation);
		// Genesys Cloud takes one secret of a client at a time: while everybody goes over, two clients are valid.
		if (keepsPrevious && generation > 1) make(generation - 1);
		this.#name = clientName;
		if (usedBy === "integration") this.#credentialId = client.integrationCredentialId;
		else {
			const document = { clientId: client.clientId, clientSecret: client.clientSecret };
			this.#secretArn = new StoredSecret(`${name}-secret`, { settings, secretName: `genesys-${purpose}`, document }, { parent: this }).arn;
		}
		this.registerOutputs({ secretArn: this.#secretArn, credentialId: this.#credentialId });
	}

	#make(name: string, role: PermissionRole, { settings, purpose, description, usedBy }: OauthClientArgs, which: number) {
		const clientName = numbered(`${settings.base} ${purpose}`, which, " ");
		return new genesyscloud.OauthClient(
			name,
			{
				name: clientName,
				description,
				authorizedGrantType: "CLIENT-CREDENTIALS",
				// The workflow may be published in another division than the home division, which is the default.
				roles: [{ roleId: role.roleId, ...(settings.genesys.division === undefined ? {} : { divisionId: "*" }) }],
				...(usedBy === "functions" ? { exposeClientSecret: true } : { integrationCredentialName: clientName }),
			},
			// The provider knows a secret only in the run that made the client: an update later on writes the integration's credential
			// without one. A new client, and a new credential with it, takes the place of the old one instead.
			{ parent: this, ...(usedBy === "integration" ? { replaceOnChanges: ["*"] } : {}) },
		);
	}

	/** The ARN of the secret that the functions read. Throws for a client of an integration, whose secret never leaves Genesys Cloud. */
	requireSecretArn(): pulumi.Output<string> {
		if (this.#secretArn === undefined) throw new Error(`Expected client ${this.#name} to be used by functions, got an integration`);
		return this.#secretArn;
	}

	/** The id of the credential that an integration uses. Throws for a client of the functions, which has none. */
	requireCredentialId(): pulumi.Output<string> {
		if (this.#credentialId === undefined) throw new Error(`Expected client ${this.#name} to be used by an integration, got functions`);
		return this.#credentialId;
	}
}

/** The first generation has no number: what is deployed keeps its name. */
const numbered = (name: string, generation: number, between: string): string =>
	generation === 1 ? name : `${name}${between}${generation}`;
