import { drillSettingsOf } from "../../functions/pipeline/drill/settings.ts";
import type { RuntimeSettings } from "../../functions/pipeline/settings.ts";
import { configPath } from "./problems.ts";

/** Drills that show less than they seem to. */
export function drillWarnings(settings: Pick<RuntimeSettings, "policies" | "drills">): readonly string[] {
	const { schedule, provenWithinSeconds } = drillSettingsOf(settings);
	const names = Object.keys(settings.policies);
	const drilled = [...new Set(schedule.map(({ policy }) => policy))];
	const [only, second] = names;
	const alone =
		only === undefined || second !== undefined || drilled.length === 0
			? []
			: [
					`${configPath(["drills", "schedule"])} and ${configPath(["policies"])}: there is no policy but ${only}, so a drill of it that fails is told by the very way that failed`,
				];
	const late = drilled.flatMap((name) => {
		const { proofSeconds = 0 } = settings.policies[name] ?? {};
		return proofSeconds < provenWithinSeconds
			? []
			: [
					`${configPath(["drills", "provenWithinSeconds"])} and ${configPath(["policies", name, "proofSeconds"])}: expected more than ${proofSeconds}, got ${provenWithinSeconds}: a drill fails before its fallback channel is used`,
				];
	});
	return [...alone, ...late];
}
