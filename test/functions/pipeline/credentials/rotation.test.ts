import { describe, expect, test } from "vitest";
import { memoryLedger } from "../../../../functions/edges/memory/ledger.ts";
import {
	carryOut,
	planBegin,
	planCancel,
	planFinish,
	type Rotation,
	type RotationPlan,
	readRotations,
	recordRotation,
} from "../../../../functions/pipeline/credentials/rotation.ts";
import type { StoredVersion, StoredVersions } from "../../../../functions/pipeline/credentials/vault.ts";
import { SecretVersions } from "../../../../rehearsal/aws/secretVersions.ts";
import { rehearsedVault } from "../../../../rehearsal/rotate/vault.ts";
import { standingClock } from "../../edges/aws/ledgerContract.ts";

const version = (id: string, text: string): StoredVersion => ({ id, text, madeAt: 0 });
const old = version("1", '{"key":"old","other":"same"}');
const fresh = '{"key":"new","other":"same"}';
const reordered = '{"other":"same","key":"new"}';
const both = '{"key":"new","other":"new"}';
const next = version("2", fresh);

describe("to begin", () => {
	test.each<{ name: string; versions: StoredVersions; wanted: string; field: string; plan: RotationPlan }>([
		{ name: "a first time", versions: { current: old }, wanted: fresh, field: "key", plan: { do: "put", reason: "begun", step: "begun" } },
		{
			name: "again with the same value",
			versions: { current: old, next },
			wanted: reordered,
			field: "key",
			plan: { do: "nothing", reason: "already-begun", step: "begun" },
		},
		{
			name: "with the second secret of a credential",
			versions: { current: old, next },
			wanted: both,
			field: "other",
			plan: { do: "put", reason: "begun", step: "begun" },
		},
		{
			name: "with another value than the one that is under way",
			versions: { current: old, next },
			wanted: '{"key":"third","other":"same"}',
			field: "key",
			plan: { do: "nothing", reason: "under-way" },
		},
		{
			name: "with the current value",
			versions: { current: old },
			wanted: old.text,
			field: "key",
			plan: { do: "nothing", reason: "unchanged" },
		},
		{
			name: "anew after a deployment has made the next one current, and nobody finished",
			versions: { current: version("3", reordered), next, previous: old },
			wanted: '{"key":"third","other":"same"}',
			field: "key",
			plan: { do: "put", reason: "begun", step: "begun" },
		},
	])("$name", ({ versions, wanted, field, plan }) => {
		expect(planBegin(versions, wanted, field)).toEqual(plan);
	});
});

const finished: Rotation = { step: "finished", at: 1, who: "Ada", why: "yearly" };

describe("to finish", () => {
	test.each<{ name: string; versions: StoredVersions; last?: Rotation; hasCopy: boolean; plan: RotationPlan }>([
		{
			name: "promotes where nobody else has a copy",
			versions: { current: old, next },
			hasCopy: false,
			plan: { do: "promote", reason: "finished", step: "finished" },
		},
		{
			name: "waits for the workflow's copy",
			versions: { current: old, next },
			hasCopy: true,
			plan: { do: "nothing", reason: "not-deployed" },
		},
		{
			name: "sees that a deployment has done it",
			versions: { current: version("3", reordered), next, previous: old },
			hasCopy: true,
			plan: { do: "drop", reason: "finished-by-deployment", step: "finished" },
		},
		{
			name: "goes on where it died between the two labels",
			versions: { current: next, next, previous: old },
			hasCopy: true,
			plan: { do: "drop", reason: "finished", step: "finished" },
		},
		{
			name: "is done when asked again",
			versions: { current: next, previous: old },
			last: finished,
			hasCopy: false,
			plan: { do: "nothing", reason: "finished" },
		},
		{ name: "has nothing to finish", versions: { current: old }, hasCopy: false, plan: { do: "nothing", reason: "none" } },
	])("$name", ({ versions, last, hasCopy, plan }) => {
		expect(planFinish(versions, last, hasCopy)).toEqual(plan);
	});
});

describe("to cancel", () => {
	test.each<{ name: string; versions: StoredVersions; last?: Rotation; plan: RotationPlan }>([
		{ name: "forgets the next one", versions: { current: old, next }, plan: { do: "drop", reason: "cancelled", step: "cancelled" } },
		{ name: "is too late once it is current", versions: { current: next, next }, plan: { do: "nothing", reason: "promoted" } },
		{ name: "has nothing to cancel", versions: { current: old }, plan: { do: "nothing", reason: "none" } },
		{
			name: "is done when asked again",
			versions: { current: old },
			last: { ...finished, step: "cancelled" },
			plan: { do: "nothing", reason: "cancelled" },
		},
	])("$name", ({ versions, last, plan }) => {
		expect(planCancel(versions, last)).toEqual(plan);
	});
});

describe("a step that is carried out", () => {
	function secret() {
		const versions = new SecretVersions();
		versions.put("1", old.text, 0);
		return { versions, vault: rehearsedVault(versions, () => 5) };
	}

	test("leaves the old value current, then makes it the one before", async () => {
		const { versions, vault } = secret();
		await carryOut(vault, await vault.read(), planBegin(await vault.read(), fresh, "key"), fresh);
		expect({ current: versions.at("AWSCURRENT")?.text, next: versions.at("AWSPENDING")?.text }).toEqual({ current: old.text, next: fresh });
		await carryOut(vault, await vault.read(), planFinish(await vault.read(), undefined, false));
		expect(await vault.read()).toEqual({
			current: expect.objectContaining({ text: fresh }),
			previous: expect.objectContaining({ text: old.text }),
		});
	});

	test("may die between any two of its calls, and is asked again", async () => {
		const { vault } = secret();
		await vault.putNext(fresh);
		const begun = await vault.read();
		await expect(
			carryOut({ ...vault, dropNext: () => Promise.reject(new Error("died")) }, begun, planFinish(begun, undefined, false)),
		).rejects.toThrow("died");
		const halfway = await vault.read();
		await carryOut(vault, halfway, planFinish(halfway, undefined, false));
		expect(await vault.read()).toEqual({
			current: expect.objectContaining({ text: fresh }),
			previous: expect.objectContaining({ text: old.text }),
		});
	});

	test("is not undone by a deployment of another value: the new one is the one before", async () => {
		const { versions, vault } = secret();
		await vault.putNext(fresh);
		versions.put("deployed", '{"key":"old","other":"changed"}', 9);
		expect((await vault.read()).next?.text).toBe(fresh);
		const begun = await vault.read();
		await carryOut(vault, begun, planFinish(begun, undefined, false));
		versions.put("deployed-again", '{"key":"old","other":"again"}', 10);
		expect((await vault.read()).previous?.text).toBe(fresh);
	});

	test("is recorded once, with who and why", async () => {
		const ports = { ledger: memoryLedger(standingClock()), environment: "dev" };
		const begun: Rotation = { step: "begun", at: 1, who: "Ada", why: "yearly" };
		expect(await recordRotation(ports, "twilio", begun)).toEqual(begun);
		expect(await recordRotation(ports, "twilio", { ...begun, at: 2, who: "Bob" })).toEqual(begun);
		await recordRotation(ports, "twilio", finished);
		await recordRotation(ports, "slack", begun);
		expect(await readRotations(ports)).toEqual({ twilio: finished, slack: begun });
	});
});
