import { asBody, type Body, present, textMap, textOf } from "./api.ts";
import type { ResourceType } from "./resource.ts";

const actions = "/integrations/actions";
const whole = "expand=contract&includeConfig=true";

export const integrationAction: ResourceType = {
	idProperty: "integrationActionId",
	replaceOn: ["integrationId", "contractInput", "contractOutput", "secure"],
	async create(session, label, inputs) {
		if (/function data action/i.test(textOf(inputs.category))) {
			throw new Error(`${label}: expected a category without the words "function data action", which switch the provider to functions`);
		}
		const { id } = await session.api.call(label, "POST", actions, {
			name: inputs.name,
			category: inputs.category,
			integrationId: inputs.integrationId,
			secure: inputs.secure ?? false,
			contract: {
				input: { inputSchema: JSON.parse(textOf(inputs.contractInput)) },
				output: { successSchema: JSON.parse(textOf(inputs.contractOutput)) },
			},
			config: configBody(inputs),
		});
		await integrationAction.read(session, label, textOf(id));
		return { id: textOf(id), computed: {} };
	},
	async read(session, label, id) {
		const action = await session.api.call(label, "GET", `${actions}/${id}?${whole}`);
		const requestTemplate = await session.api.text(label, "GET", `${actions}/${id}/templates/requesttemplate.vm`);
		const successTemplate = await session.api.text(label, "GET", `${actions}/${id}/templates/successtemplate.vm`);
		const contract = asBody(action.contract);
		const config = asBody(action.config);
		const request = asBody(config.request);
		const response = asBody(config.response);
		return present({
			name: action.name,
			category: action.category,
			integrationId: action.integrationId,
			secure: action.secure,
			contractInput: JSON.stringify(asBody(contract.input).inputSchema),
			contractOutput: JSON.stringify(asBody(contract.output).successSchema),
			configTimeoutSeconds: config.timeoutSeconds,
			configRequest: {
				requestType: request.requestType,
				requestUrlTemplate: request.requestUrlTemplate,
				requestTemplate,
				headers: textMap(request.headers),
			},
			configResponse: {
				translationMap: textMap(response.translationMap),
				translationMapDefaults: textMap(response.translationMapDefaults),
				successTemplate,
			},
		});
	},
	async update(session, label, id, inputs) {
		const { version } = await session.api.call(label, "GET", `${actions}/${id}?${whole}`);
		const body = { name: inputs.name, category: inputs.category, version, config: configBody(inputs) };
		await session.api.call(label, "PATCH", `${actions}/${id}`, body);
		await integrationAction.read(session, label, id);
		return { id, computed: {} };
	},
	async remove(session, label, id) {
		await session.api.call(label, "DELETE", `${actions}/${id}`);
		await session.api.expectGone(label, `${actions}/${id}?${whole}`);
	},
};

function configBody(inputs: Body): Body {
	const request = asBody(inputs.configRequest);
	const response = asBody(inputs.configResponse);
	return present({
		timeoutSeconds: inputs.configTimeoutSeconds,
		request: present({
			requestType: request.requestType,
			requestUrlTemplate: request.requestUrlTemplate,
			requestTemplate: request.requestTemplate,
			headers: textMap(request.headers),
		}),
		response: present({
			translationMap: textMap(response.translationMap),
			translationMapDefaults: textMap(response.translationMapDefaults),
			successTemplate: response.successTemplate,
		}),
	});
}
