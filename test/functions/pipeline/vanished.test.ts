import { describe, expect, test } from "vitest";
import { watchedConditions } from "../../../functions/pipeline/incident.ts";
import { vanished } from "../../../functions/pipeline/vanished.ts";
import { settings, trunk, zero } from "./fixtures.ts";

const key = "inc:1:dev:trunk-down:base-1";
const { runbooks } = settings;

describe("vanished", () => {
	test.each([
		{ name: "still listed", keys: [key], sight: { now: zero, trunks: [trunk()] }, runbooks, gone: [] },
		{ name: "no longer listed", keys: [key], sight: { now: zero, trunks: [] }, runbooks, gone: [{ key, reason: "no-longer-listed" }] },
		{
			name: "listed as deleted",
			keys: [key],
			sight: { now: zero, trunks: [trunk({ state: "deleted" })] },
			runbooks,
			gone: [{ key, reason: "no-longer-listed" }],
		},
		{ name: "the listing could not be read", keys: [key], sight: { now: zero }, runbooks, gone: [] },
		{
			name: "its runbook is off",
			keys: [key],
			sight: { now: zero, trunks: [trunk()] },
			runbooks: {},
			gone: [{ key, reason: "runbook-disabled" }],
		},
		{
			name: "the overseer's own",
			keys: ["inc:1:dev:platform-unreachable:genesys-cloud"],
			sight: { now: zero, trunks: [] },
			runbooks,
			gone: [],
		},
		{ name: "an occurrence that moved aside", keys: [`${key}#1`], sight: { now: zero, trunks: [] }, runbooks, gone: [] },
	] as const)("$name", ({ keys, sight, runbooks: enabled, gone }) => {
		expect(vanished(keys, sight, enabled, watchedConditions)).toEqual(gone);
	});
});
