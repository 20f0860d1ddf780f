/** A data action as Genesys Cloud exports it, with changes to its request, its answer and its contract. */
export const exported = (
	change: {
		readonly request?: object;
		readonly response?: object;
		readonly input?: object;
		readonly output?: object;
		readonly category?: string;
	} = {},
) => ({
	name: "Find parcel",
	...(change.category === undefined ? {} : { category: change.category }),
	config: {
		request: {
			requestUrlTemplate: "https://parcels.example/v1?number=$esc.url(${input.number})",
			requestType: "POST",
			requestTemplate: '{"number": "$esc.jsonEncode(${input.number})"}',
			headers: { "Content-Type": "application/json" },
			...change.request,
		},
		response: {
			translationMap: { town: "$.parcels[0].town" },
			translationMapDefaults: { town: '""' },
			successTemplate: '{"town": ${town}}',
			...change.response,
		},
	},
	contract: {
		input: { inputSchema: { type: "object", properties: { number: { type: "string" } }, required: ["number"], ...change.input } },
		output: { successSchema: { type: "object", properties: { town: { type: "string" } }, ...change.output } },
	},
});
