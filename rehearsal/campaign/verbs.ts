import type * as z from "zod";
import type { happens, scenarioFile } from "../scenario/scenario.ts";

/** A verb and a scenario as a file holds them. */
export type Verb = z.input<typeof happens>;
export type ScenarioInput = z.input<typeof scenarioFile>;
