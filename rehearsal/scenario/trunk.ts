import * as z from "zod";

export const scenarioTrunk = z.strictObject({
	name: z.string().min(1),
	times: z.int().min(2).max(1000).optional().describe("So many of them, numbered from 1: <name>-1, <name>-2, …"),
	edges: z.number().int().min(1).max(10).default(2).describe("On so many edges of its own."),
	site: z
		.string()
		.min(1)
		.max(64)
		.exactOptional()
		.describe("The site of its edges, as far as no trunk before it has them; Headquarters when absent."),
	division: z.string().min(1).max(64).exactOptional().describe("Its division; Home when absent."),
	on: z.array(z.string().min(1)).min(1).max(10).optional().describe("On these edges instead, which other trunks may share."),
});
export type ScenarioTrunk = z.output<typeof scenarioTrunk>;
