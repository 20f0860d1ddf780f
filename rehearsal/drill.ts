import { runAsProcess } from "../commands/commandLine.ts";
import { drillScript } from "./drill/script.ts";

await runAsProcess(drillScript);
