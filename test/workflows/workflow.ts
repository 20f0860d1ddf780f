import { readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import * as z from "zod";

const permissions = z.record(z.string(), z.enum(["read", "write", "none"]));
const texts = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
const concurrency = z.strictObject({ group: z.string(), "cancel-in-progress": z.boolean() });

const step = z.strictObject({
	name: z.string().optional(),
	id: z.string().optional(),
	if: z.string().optional(),
	uses: z.string().optional(),
	with: texts.optional(),
	env: texts.optional(),
	"working-directory": z.string().optional(),
	run: z.string().optional(),
});

const job = z.strictObject({
	"runs-on": z.string(),
	"timeout-minutes": z.number().optional(),
	if: z.string().optional(),
	needs: z.union([z.string(), z.array(z.string())]).optional(),
	environment: z.string().optional(),
	permissions: permissions.optional(),
	concurrency: concurrency.optional(),
	strategy: z.looseObject({}).optional(),
	outputs: texts.optional(),
	env: texts.optional(),
	steps: z.array(step),
});

const workflow = z.strictObject({
	name: z.string(),
	on: z.record(z.string(), z.unknown()),
	permissions: permissions.optional(),
	concurrency: concurrency.optional(),
	defaults: z.strictObject({ run: z.strictObject({ shell: z.string() }) }).optional(),
	jobs: z.record(z.string(), job),
});

export type Step = z.output<typeof step>;
export type Job = z.output<typeof job>;
export interface Workflow extends z.output<typeof workflow> {
	readonly file: string;
	readonly text: string;
}

const folder = new URL("../../.github/workflows/", import.meta.url);

/** A workflow of GitHub Actions, as far as these use them: an unknown key is an error. */
export const parseWorkflow = (file: string, text: string): Workflow => ({ file, text, ...workflow.parse(parse(text)) });

/** Every workflow of this repository. */
export const workflows: readonly Workflow[] = readdirSync(folder)
	.toSorted()
	.map((file) => parseWorkflow(file, readFileSync(new URL(file, folder), "utf8")));

/** The step of this name. */
export function stepOf(file: string, jobName: string, name: string): Step & { readonly run: string } {
	const found = workflows.find((each) => each.file === file)?.jobs[jobName]?.steps.find((each) => each.name === name);
	if (found?.run === undefined) throw new Error(`Expected a shell step ${name} in ${file}, got none`);
	return { ...found, run: found.run };
}
