import { runAsProcess } from "../commands/commandLine.ts";
import { rotateScript } from "./rotate/script.ts";

await runAsProcess(rotateScript);
