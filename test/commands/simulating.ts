import type { RunReport } from "../../commands/flowRun.ts";
import { simulateFlow } from "../../commands/simulateFlow.ts";
import { closing, flowText, variableText } from "../architect/flowText.ts";
import { type Ended, type Folder, runInProcess } from "./command.ts";

export const simulate = (args: readonly string[]): Ended => runInProcess(simulateFlow, args);
export const reportOf = ({ out }: Ended): RunReport => JSON.parse(out);

export const call = `- callData:
    name: "Ask"
    timeout:
      lit:
        seconds: 7
    category:
      Ledger:
        dataAction:
          Read:
            inputs:
              number:
                exp: "Flow.number"
            successOutputs:
              status:
                var: "Flow.status"
            failureOutputs:
              errorCode:
                var: "Flow.status"`;
export const trail = `- updateData:
    name: "Remember"
    statements:
      - string:
          variable: "Flow.trail"
          value:
            exp: "Append(Flow.trail, Flow.status, \\"|\\")"`;
export const loop = (count: string, body: string) =>
	`- loop:\n    name: "Loop"\n    currentIndex:\n      var: "Flow.index"\n    loopCount:\n      ${count}\n    outputs:\n      loop:\n        actions:\n${body.replace(/^(?=.)/gm, "          ")}`;
export const wait = (unit: string, trim: boolean) =>
	`- wait:\n    name: "Wait"\n    trimDurationNearMaxRunningTime:\n      lit: ${trim}\n    duration:\n      lit:\n        ${unit}`;
const variables = [
	variableText("integer", "Flow.number", "1", true),
	variableText("string", "Flow.status", '""'),
	variableText("string", "Flow.trail", '""').replace("isOutput: false", "isOutput: true"),
	variableText("integer", "Flow.index"),
].join("\n");
export const recursive = `- task:\n    name: "T"\n    refId: "T"\n    actions:\n      - callTask:\n          name: "Again"\n          targetTaskRef: "/workflow/tasks/task[T]"\n      - endTask:\n          name: "E"`;

/** Writes flows and worlds into a folder; each gives the file's path. */
export const writing = (folder: Folder) => {
	const world = (content: unknown): string => folder.add("json", content);
	return {
		flow: (actions: string, more: Parameters<typeof flowText>[0] = {}): string =>
			folder.add("yaml", flowText({ variables, ...more, actions: `${actions}\n${closing}` })),
		world,
		answers: (...list: readonly unknown[]): string => world({ dataActions: { "ledger/Read": list } }),
	};
};
