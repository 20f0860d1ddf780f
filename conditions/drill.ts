import { overseerRunbook } from "./condition.ts";

/** Nothing is broken: the way of a page is tried on purpose, from the queue to a person's answer. */
export const drill = overseerRunbook({
	name: "drill",
	why: "Nothing is broken. A drill shows that a failure would reach the people of its policy; answer it as you would answer a failure.",
	detects:
		"Somebody asked for it (`npm run drill`), or its time in drills.schedule has come; the overseer begins it, and ends it by itself.",
	severity: "high",
	tells: "That it is a drill, in front of every text, of which policy, and who asked for it.",
	entity: { id: "policy", name: "Drill of a policy" },
});
