export const text = { type: "string" };

export interface Parts {
	readonly [key: string]: unknown;
	readonly request?: Readonly<Record<string, unknown>>;
	readonly response?: Readonly<Record<string, unknown>>;
	readonly input?: Readonly<Record<string, unknown>>;
	readonly output?: Readonly<Record<string, unknown>>;
	readonly timeoutSeconds?: unknown;
}

/** An export of a data action that nothing is wrong with, and what is laid over it. */
export function exported({ request, response, input, output, timeoutSeconds, ...top }: Parts = {}): Record<string, unknown> {
	return {
		name: "Find parcel",
		integrationType: "custom-rest-actions",
		actionType: "custom",
		config: {
			...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
			request: {
				requestUrlTemplate: "https://parcels.example.com/v1/parcels",
				requestType: "POST",
				headers: { "X-Api-Key": "${credentials.key}" },
				requestTemplate: '{"number": "$esc.jsonEncode(${input.number})", "days": ${input.days}}',
				...request,
			},
			response: {
				translationMap: { town: "$.parcels[0].town", states: "$.parcels[*].state" },
				translationMapDefaults: { town: '""' },
				successTemplate: '{"town": ${town}, "states": ${states}}',
				...response,
			},
		},
		contract: {
			input: {
				inputSchema: {
					type: "object",
					properties: { number: text, days: { type: "integer" } },
					required: ["number", "days"],
					additionalProperties: true,
					...input,
				},
			},
			output: {
				successSchema: {
					type: "object",
					properties: { town: text, states: { type: "array", items: text } },
					additionalProperties: true,
					...output,
				},
			},
		},
		secure: false,
		...top,
	};
}

/** The same action as Terraform's JSON has it. */
export function terraform(block: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
	return {
		resource: {
			genesyscloud_integration_action: {
				find_parcel: {
					name: "Find parcel",
					category: "${var.category}",
					integration_id: "${genesyscloud_integration.parcels.id}",
					contract_input: JSON.stringify({ type: "object", properties: { number: text }, required: ["number"] }),
					contract_output: JSON.stringify({ type: "object", properties: { town: text } }),
					config_request: [
						{
							request_url_template: "https://parcels.example.com/v1/parcels/$esc.url($${input.number})",
							request_type: "GET",
							headers: { "X-Api-Key": "$${credentials.key}" },
						},
					],
					config_response: {
						translation_map: { town: "$.town" },
						translation_map_defaults: { town: '""' },
						success_template: '{"town": $${town}}',
					},
					...block,
				},
			},
		},
	};
}
