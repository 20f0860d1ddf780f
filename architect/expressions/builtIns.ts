import { largestInteger } from "./tokens.ts";
import { earliest, type FlowValue, latest } from "./values.ts";

/** The variables that the platform gives every flow (the SDK's list of system variables). An evaluation starts at `now`, is no test and of version 1.0. */
export function builtIns(now: number): Readonly<Record<string, FlowValue>> {
	return {
		"Flow.IsTest": { type: "boolean", content: false },
		"Flow.StartDateTimeUtc": { type: "dateTime", content: now },
		"Flow.Version": { type: "string", content: "1.0" },
		"System.MaxDateTime": { type: "dateTime", content: latest - 999 },
		"System.MaxDuration": { type: "duration", content: largestInteger },
		"System.MaxInt": { type: "integer", content: largestInteger },
		"System.MinDateTime": { type: "dateTime", content: earliest },
		"System.MinDuration": { type: "duration", content: -largestInteger },
		"System.MinInt": { type: "integer", content: -largestInteger },
	};
}
