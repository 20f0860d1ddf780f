import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";
import { accessOf, type Env } from "../../doctor/access.ts";
import { examine } from "../../doctor/examine.ts";
import type { Finding } from "../../doctor/finding.ts";
import { accessToWorld } from "../../doctor/inputFiles.ts";
import { progress } from "../../doctor/progress.ts";
import { parseStackFile, type StackFile } from "../../rehearsal/scenario/stackFile.ts";
import { declare } from "../../rehearsal/world/declare.ts";
import { type Overlay, type Patient, type Plan, patient, stackText } from "./patient.ts";

/** A patient for each test of a file, gone after it. */
export function useAdmission(): (plan?: Plan) => Promise<Patient> {
	const ended: (() => void)[] = [];
	afterEach(() => {
		for (const end of ended.splice(0)) end();
	});
	return async (plan = {}) => {
		const admitted = await patient(plan);
		ended.push(admitted.end);
		return admitted;
	};
}

const known = new Map<string, ReturnType<typeof declare>>();

/** What a stack declares: run once for each set of runbooks and events, with and without the table of active incidents. */
function declaredBy(file: StackFile): ReturnType<typeof declare> {
	const { runbooks, events, activeIncidents } = file.settings.runtime;
	const key = JSON.stringify([runbooks, events, activeIncidents]);
	const declared = known.get(key) ?? declare(file);
	known.set(key, declared);
	return declared;
}

/** A file that is there while something is done with its path. */
export async function withFile<T>(text: string, work: (path: string) => T | Promise<T>): Promise<T> {
	const folder = mkdtempSync(join(tmpdir(), "runbooks-doctor-"));
	const path = join(folder, "file");
	writeFileSync(path, text);
	try {
		return await work(path);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Every finding about a served world. `secrets` go before the world's own. */
export async function examined(
	{ world }: Pick<Patient, "world">,
	settings: Overlay = {},
	{ env = {}, secrets = {} }: { readonly env?: Env; readonly secrets?: Readonly<Record<string, string>> } = {},
): Promise<readonly Finding[]> {
	const file = parseStackFile("dev", stackText(settings));
	const resources = await declaredBy(file);
	const { track, end } = progress(() => {});
	try {
		return await withFile(JSON.stringify(world), (path) =>
			examine(file, resources, accessToWorld(path, file, accessOf(file, env, secrets)), track),
		);
	} finally {
		end();
	}
}

export const failing = (findings: readonly Finding[]): readonly Finding[] => findings.filter(({ verdict }) => verdict === "does-not-hold");
