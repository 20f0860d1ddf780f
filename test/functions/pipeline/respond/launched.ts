import { incident, seconds } from "../fixtures.ts";

export const launched = incident({ launch: { id: "launch-1", at: seconds(0), executionId: "e" } });
