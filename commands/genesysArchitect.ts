#!/usr/bin/env node
import { architectTools } from "./architectTools.ts";
import { runAsProcess } from "./commandLine.ts";

await runAsProcess(architectTools);
