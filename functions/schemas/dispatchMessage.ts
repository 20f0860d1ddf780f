import * as v from "valibot";
import type { DispatchMessage } from "../pipeline/ports.ts";
import { incidentKey, positive } from "./contract.ts";

/** The body of one message of the dispatch queue: which occurrence of which incident wants a response. */
export const dispatchMessage = v.strictObject({ incidentKey, occurrence: positive }) satisfies v.GenericSchema<unknown, DispatchMessage>;
