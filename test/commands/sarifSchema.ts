/** What SARIF 2.1.0 says of the parts of a log that are written here, and what GitHub code scanning requires of them. */
const text = { type: "object", properties: { text: { type: "string", minLength: 1 } }, required: ["text"], additionalProperties: false };

const rule = {
	type: "object",
	properties: { id: { type: "string", minLength: 1 }, shortDescription: text, fullDescription: text, help: text },
	required: ["id", "shortDescription", "fullDescription", "help"],
	additionalProperties: false,
};

const location = {
	type: "object",
	properties: {
		physicalLocation: {
			type: "object",
			properties: {
				// A URI reference: no blanks, no backslash.
				artifactLocation: {
					type: "object",
					properties: { uri: { type: "string", pattern: "^[A-Za-z0-9%:/._~!$&'()*+,;=@-]+$" } },
					required: ["uri"],
					additionalProperties: false,
				},
				region: {
					type: "object",
					properties: { startLine: { type: "integer", minimum: 1 }, startColumn: { type: "integer", minimum: 1 } },
					required: ["startLine"],
					additionalProperties: false,
				},
			},
			required: ["artifactLocation", "region"],
			additionalProperties: false,
		},
	},
	required: ["physicalLocation"],
	additionalProperties: false,
};

const result = {
	type: "object",
	properties: {
		ruleId: { type: "string" },
		ruleIndex: { type: "integer", minimum: 0 },
		level: { enum: ["none", "note", "warning", "error"] },
		message: text,
		locations: { type: "array", minItems: 1, items: location },
	},
	required: ["ruleId", "message", "locations"],
	additionalProperties: false,
};

export const sarifSchema = {
	type: "object",
	properties: {
		$schema: { type: "string" },
		version: { const: "2.1.0" },
		runs: {
			type: "array",
			items: {
				type: "object",
				properties: {
					tool: {
						type: "object",
						properties: {
							driver: {
								type: "object",
								properties: {
									name: { type: "string", minLength: 1 },
									version: { type: "string" },
									rules: { type: "array", uniqueItems: true, items: rule },
								},
								required: ["name"],
								additionalProperties: false,
							},
						},
						required: ["driver"],
						additionalProperties: false,
					},
					columnKind: { enum: ["utf16CodeUnits", "unicodeCodePoints"] },
					results: { type: "array", items: result },
				},
				required: ["tool", "results"],
				additionalProperties: false,
			},
		},
	},
	required: ["version", "runs"],
	additionalProperties: false,
};
