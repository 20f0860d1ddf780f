import { compileResponse } from "../../response/compile.ts";
import { twoTiers } from "./plans.ts";

export const workflow = compileResponse(twoTiers);
