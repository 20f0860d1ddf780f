import { asBody, type Body, present, textMap, textOf } from "./api.ts";
import type { ResourceType, Session } from "./resource.ts";

const integrations = "/integrations";
const page = "pageSize=100&pageNumber=1";

export const integration: ResourceType = {
	idProperty: "integrationId",
	replaceOn: ["integrationType"],
	async create(session, label, inputs) {
		const made = await session.api.call(label, "POST", integrations, { integrationType: { id: inputs.integrationType } });
		const id = textOf(made.id);
		if (inputs.config !== undefined) await configure(session, label, id, asBody(inputs.config));
		await session.api.call(label, "PATCH", `${integrations}/${id}?pageSize=25&pageNumber=1`, {
			intendedState: inputs.intendedState ?? "DISABLED",
		});
		await integration.read(session, label, id);
		return { id, computed: {} };
	},
	async read(session, label, id) {
		const found = await session.api.call(label, "GET", `${integrations}/${id}?${page}`);
		const config = await session.api.call(label, "GET", `${integrations}/${id}/config/current`);
		const credentials = Object.entries(asBody(config.credentials)).map(([slot, credential]) => [slot, asBody(credential).id]);
		return {
			integrationType: asBody(found.integrationType).id,
			intendedState: found.intendedState,
			config: present({
				name: config.name,
				notes: textOf(config.notes) === "" ? undefined : config.notes,
				properties: JSON.stringify(config.properties),
				advanced: JSON.stringify(config.advanced),
				credentials: Object.fromEntries(credentials),
			}),
		};
	},
	async update(session, label, id, inputs, before) {
		if (inputs.config !== undefined) await configure(session, label, id, asBody(inputs.config));
		if (inputs.intendedState !== before.intendedState) {
			await session.api.call(label, "PATCH", `${integrations}/${id}?pageSize=25&pageNumber=1`, {
				intendedState: inputs.intendedState ?? "DISABLED",
			});
		}
		await integration.read(session, label, id);
		return { id, computed: {} };
	},
	async remove(session, label, id) {
		await session.api.call(label, "DELETE", `${integrations}/${id}`);
		await session.api.expectGone(label, `${integrations}/${id}?${page}`);
	},
};

/** The provider reads the configuration twice before it writes it: once for what is not given, once for the version. */
async function configure(session: Session, label: string, id: string, config: Body): Promise<void> {
	const path = `${integrations}/${id}/config/current`;
	const current = await session.api.call(label, "GET", path);
	const { version } = await session.api.call(label, "GET", path);
	const credentials = Object.entries(textMap(config.credentials)).map(([slot, credentialId]) => [slot, { id: credentialId }]);
	await session.api.call(label, "PUT", path, {
		name: config.name ?? current.name,
		notes: config.notes ?? "",
		version,
		properties: json(config.properties),
		advanced: json(config.advanced),
		credentials: Object.fromEntries(credentials),
	});
}

function json(text: unknown): Body {
	return typeof text === "string" && text !== "" ? asBody(JSON.parse(text)) : {};
}
