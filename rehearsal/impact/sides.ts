import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { parseStackFile, type StackFile, StackFileError, stackNames, stackOfFile } from "../scenario/stackFile.ts";

/** What cannot be compared; its message is one that a person can act on. */
export class ImpactError extends Error {}

/** The settings of one side of a comparison. */
export interface Side {
	/** As it was typed, or "working tree". */
	readonly name: string;
	/** Stack → the text of its file, in alphabetical order. */
	readonly texts: ReadonlyMap<string, string>;
}

/** The stacks' own folder: that of the repository, and in a test another one. */
const repository = fileURLToPath(new URL("../../", import.meta.url));

const workingTree = "working tree";

/** What is named: nothing (the working tree), a stack file by its path, or a git ref. `stack` is the only stack that is asked for. Throws ImpactError. */
export function sideOf(named: string | undefined, stack: string | undefined, folder = repository): Side {
	if (named === undefined) return only(stack, { name: workingTree, texts: textsOfTree() });
	if (isStackFile(named)) return sideOfFile(named, stack);
	return only(stack, { name: named, texts: textsOfRef(named, folder) });
}

/** Whether a side is named by a path, and not by a git ref. */
export const isStackFile = (named: string): boolean => /\.ya?ml$/.test(named);

const only = (stack: string | undefined, side: Side): Side =>
	stack === undefined ? side : { ...side, texts: new Map([...side.texts].filter(([name]) => name === stack)) };

const textsOfTree = (): Side["texts"] =>
	new Map(stackNames().map((name) => [name, readFileSync(new URL(`../../Pulumi.${name}.yaml`, import.meta.url), "utf8")]));

function sideOfFile(path: string, asked: string | undefined): Side {
	if (!existsSync(path)) throw new ImpactError(`Expected a git ref or a stack file, got ${path}, which does not exist`);
	const stack = asked ?? stackOfFile(basename(path));
	if (stack === undefined)
		throw new ImpactError(`Expected --stack beside a file that is not called Pulumi.<stack>.yaml, got ${path} without one`);
	return { name: path, texts: new Map([[stack, readFileSync(path, "utf8")]]) };
}

function textsOfRef(ref: string, folder: string): Side["texts"] {
	const commit = git(folder, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]);
	if (commit === undefined)
		throw new ImpactError(
			`Expected a git ref or the path of a stack file (*.yaml), got ${JSON.stringify(ref)}; of a shallow clone, fetch it first: git fetch --depth=1 origin <ref>`,
		);
	const listed = git(folder, ["ls-tree", "--name-only", commit.trim()]) ?? "";
	const stacks = listed.split("\n").flatMap((file) => stackOfFile(file) ?? []);
	return new Map(stacks.toSorted().map((stack) => [stack, git(folder, ["show", `${commit.trim()}:./Pulumi.${stack}.yaml`]) ?? ""]));
}

/** What git prints; undefined where it refuses. Throws ImpactError where there is no git. */
function git(folder: string, args: readonly string[]): string | undefined {
	const { status, stdout, error } = spawnSync("git", args, { cwd: folder, encoding: "utf8" });
	if (error !== undefined) throw new ImpactError(`Expected git on the PATH for a ref, got ${error.message}`);
	return status === 0 ? stdout : undefined;
}

/** Throws ImpactError for settings that these sources do not take: those of an older ref may have an older form. */
export function settingsOf(side: Side, stack: string): StackFile | undefined {
	const text = side.texts.get(stack);
	if (text === undefined) return undefined;
	try {
		return parseStackFile(stack, text);
	} catch (error) {
		if (!(error instanceof StackFileError)) throw error;
		const hint =
			side.name === workingTree
				? ""
				: "\nBoth sides are read by the sources of the working tree: of a ref whose settings have an older form, choose a later one";
		throw new ImpactError(`${side.name}: ${error.message}${hint}`);
	}
}
