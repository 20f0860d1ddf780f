import { relative, sep } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The files that take longest, measured: begun last, one of them would keep one worker busy while the other has nothing left to do. */
export const longest: readonly string[] = [
	"test/rehearsal/campaign/campaign.test.ts",
	"test/rehearsal/scenariosOnDev.test.ts",
	"test/rehearsal/scenariosOnProd.test.ts",
	"test/rehearsal/campaign/planted.test.ts",
	"test/rehearsal/breakages.test.ts",
	"test/differential/differential.test.ts",
	"test/architect/robustness.test.ts",
	"test/rehearsal/many/sideBySide.test.ts",
	"test/run.test.ts",
	"test/readme.test.ts",
	"test/vendors/madeUp.test.ts",
	"test/architecture.test.ts",
	"test/differential/troubled.test.ts",
	"test/differential/planted.test.ts",
	"test/differential/bodies.test.ts",
	"test/architect/package.test.ts",
	"test/architect/fix.test.ts",
	"test/commands/lintFlow.test.ts",
	"test/components/program.test.ts",
	"test/components/remediator.test.ts",
	"test/components/responseFlow.test.ts",
	"test/rehearsal/world/servedWorld.test.ts",
	"test/functions/edges/border.test.ts",
];

/** The longest first, then by path: the same order in every run, whatever the last one took. */
export function inOrder(paths: readonly string[]): readonly string[] {
	const rank = (path: string): number => (longest.includes(path) ? longest.indexOf(path) : longest.length);
	return paths.toSorted((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1));
}

export default class LongestFirst extends BaseSequencer {
	override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
		const byPath = new Map(files.map((file) => [relative(this.ctx.config.root, file.moduleId).split(sep).join("/"), file]));
		return inOrder([...byPath.keys()]).flatMap((path) => byPath.get(path) ?? []);
	}
}
