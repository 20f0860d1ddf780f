import { runAsProcess } from "../commands/commandLine.ts";
import { incidentsScript } from "./incidents/script.ts";

await runAsProcess(incidentsScript);
