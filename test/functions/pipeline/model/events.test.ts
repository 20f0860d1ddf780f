import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { type EventName, eventLevels } from "../../../../functions/pipeline/model/events.ts";
import { happenings } from "../../../../rehearsal/report/timelineEvent.ts";

const root = resolve(import.meta.dirname, "../../../..");
const text = globSync("functions/**/*.ts", { cwd: root })
	.filter((path) => !path.endsWith("model/events.ts"))
	.map((path) => readFileSync(join(root, path), "utf8"))
	.join("\n");
const names = Object.keys(eventLevels) as readonly EventName[];

test("every event that has a level is told somewhere: the compiler holds the contrary, that every one that is told has a level", () => {
	expect(names.filter((name) => !text.includes(`"${name}"`))).toEqual([]);
});

test("every event that a function writes is one of the rehearsal's timeline, and what is only counted is not", () => {
	const written = names.filter((name) => eventLevels[name] !== "debug");
	expect(written.filter((name) => !happenings.some((each) => each === name))).toEqual([]);
	expect(names.filter((name) => eventLevels[name] === "debug")).toEqual(["heartbeat", "event-left-out"]);
});

test("errors are what should have worked, warnings what did not get there by the usual way", () => {
	const of = (level: string): readonly string[] => names.filter((name) => eventLevels[name] === level);
	expect(of("error")).toEqual(["error"]);
	expect(of("warn")).toEqual([
		"page-failed",
		"page-unproven",
		"inform-failed",
		"inform-unproven",
		"taken-over",
		"exhausted",
		"stale",
		"lease-refused",
		"rolled-back",
		"heartbeat-unsent",
		"credential-switched",
		"drill-failed",
		"drill-missed",
	]);
});
