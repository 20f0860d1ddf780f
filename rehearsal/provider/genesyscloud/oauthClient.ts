import { asBody, type Body, listOf, present, textOf } from "./api.ts";
import type { Created, ResourceType, Session } from "./resource.ts";

const clients = "/oauth/clients";
const credentials = "/integrations/credentials";

export const oauthClient: ResourceType = {
	idProperty: "oauthClientId",
	computes: ["clientId", "clientSecret", "integrationCredentialId"],
	replaceOn: [],
	async create(session, label, inputs) {
		const body = await clientBody(session, label, inputs);
		const me = await session.api.call(label, "GET", "/tokens/me?preserveIdleTTL=false");
		const organization = asBody(asBody(me.OAuthClient).organization);
		if (textOf(organization.id) === "") throw new Error(`${label}: expected OAuthClient.organization.id in /tokens/me`);
		const client = await session.api.call(label, "POST", clients, body);
		const id = textOf(client.id);
		session.clientSecrets.set(id, textOf(client.secret));
		const credentialId = await createCredential(session, label, id, inputs);
		await oauthClient.read(session, label, id);
		return { id, computed: computed(session, id, inputs, credentialId) };
	},
	async read(session, label, id) {
		const client = await session.api.call(label, "GET", `${clients}/${id}`);
		return present({
			name: client.name,
			description: client.description,
			authorizedGrantType: client.authorizedGrantType,
			accessTokenValiditySeconds: client.accessTokenValiditySeconds,
			state: client.state,
			roles: client.roleDivisions,
			scopes: client.scope,
			registeredRedirectUris: client.registeredRedirectUri,
			clientId: client.id,
		});
	},
	async update(session, label, id, inputs, before) {
		await session.api.call(label, "PUT", `${clients}/${id}`, await clientBody(session, label, inputs));
		const credentialId = await updateCredential(session, label, id, inputs, before);
		await oauthClient.read(session, label, id);
		return { id, computed: { ...computed(session, id, inputs, credentialId), clientSecret: before.clientSecret ?? "" } };
	},
	async remove(session, label, id, before) {
		await removeCredential(session, label, textOf(before.integrationCredentialId));
		const body = await clientBody(session, label, { ...before, state: "inactive" });
		await session.api.call(label, "PUT", `${clients}/${id}`, body);
		await oauthClient.read(session, label, id);
		await session.api.call(label, "DELETE", `${clients}/${id}`);
		await session.api.expectGone(label, `${clients}/${id}`);
	},
};

async function clientBody(session: Session, label: string, inputs: Body): Promise<Body> {
	const roles = listOf(inputs.roles).map(asBody);
	const lacksDivision = roles.some((role) => textOf(role.divisionId) === "");
	const home = lacksDivision ? await session.api.call(label, "GET", "/authorization/divisions/home") : {};
	return present({
		name: inputs.name,
		description: inputs.description,
		authorizedGrantType: inputs.authorizedGrantType,
		accessTokenValiditySeconds: inputs.accessTokenValiditySeconds ?? 86_400,
		state: inputs.state ?? "active",
		scope: inputs.scopes,
		registeredRedirectUri: inputs.registeredRedirectUris,
		roleDivisions: roles.map(({ roleId, divisionId }) => ({ roleId, divisionId: textOf(divisionId) === "" ? home.id : divisionId })),
	});
}

async function createCredential(session: Session, label: string, id: string, inputs: Body): Promise<string> {
	if (textOf(inputs.integrationCredentialName) === "") return "";
	const made = await session.api.call(label, "POST", credentials, credentialBody(session, id, inputs));
	return textOf(made.id);
}

/**
 * The provider writes the credential at every update, and knows the client's secret only if it made the client in this run: else it
 * writes an empty one.
 */
async function updateCredential(session: Session, label: string, id: string, inputs: Body, before: Body): Promise<string> {
	const credentialId = textOf(before.integrationCredentialId);
	if (credentialId === "") return createCredential(session, label, id, inputs);
	if (textOf(inputs.integrationCredentialName) === "") {
		await removeCredential(session, label, credentialId);
		return "";
	}
	const path = `${credentials}/${credentialId}`;
	await session.api.call(label, "GET", path);
	await session.api.call(label, "PUT", path, credentialBody(session, id, inputs));
	return credentialId;
}

async function removeCredential(session: Session, label: string, credentialId: string): Promise<void> {
	if (credentialId === "") return;
	await session.api.call(label, "GET", `${credentials}/${credentialId}`);
	await session.api.call(label, "DELETE", `${credentials}/${credentialId}`);
}

function credentialBody(session: Session, id: string, inputs: Body): Body {
	return {
		name: inputs.integrationCredentialName,
		type: { name: "pureCloudOAuthClient" },
		credentialFields: { clientId: id, clientSecret: session.clientSecrets.get(id) ?? "" },
	};
}

function computed(session: Session, id: string, inputs: Body, integrationCredentialId: string): Created["computed"] {
	const exposed = inputs.exposeClientSecret === true ? (session.clientSecrets.get(id) ?? "") : "";
	return { clientId: id, clientSecret: exposed, integrationCredentialId };
}
