import { asBody, type Body, textMap, textOf } from "./api.ts";
import type { ResourceType, Session } from "./resource.ts";

const credentials = "/integrations/credentials";

export const integrationCredential: ResourceType = {
	idProperty: "integrationCredentialId",
	replaceOn: [],
	async create(session, label, inputs) {
		const { id } = await session.api.call(label, "POST", credentials, credentialBody(session, inputs));
		await integrationCredential.read(session, label, textOf(id));
		return { id: textOf(id), computed: {} };
	},
	async read(session, label, id) {
		const credential = await session.api.call(label, "GET", `${credentials}/${id}`);
		return { name: credential.name, credentialTypeName: asBody(credential.type).name };
	},
	async update(session, label, id, inputs) {
		await session.api.call(label, "PUT", `${credentials}/${id}`, credentialBody(session, inputs));
		await integrationCredential.read(session, label, id);
		return { id, computed: {} };
	},
	async remove(session, label, id) {
		await session.api.call(label, "DELETE", `${credentials}/${id}`);
		await session.api.expectGone(label, `${credentials}/${id}`);
	},
};

/** A client's secret that is not given is taken from the clients made in the same run. */
function credentialBody(session: Session, inputs: Body): Body {
	const fields = textMap(inputs.fields);
	const known = session.clientSecrets.get(fields.clientId ?? "");
	const completed = fields.clientSecret === undefined && known !== undefined ? { ...fields, clientSecret: known } : fields;
	return { name: inputs.name, type: { name: inputs.credentialTypeName }, credentialFields: completed };
}
