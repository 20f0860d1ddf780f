import { heartbeatName, heartbeatSecret, secretVariable } from "../../schemas/secrets.ts";
import { heartbeat } from "../http/heartbeat.ts";
import type { Parts } from "../parts.ts";
import type { Ports } from "../ports.ts";

/** For the functions of a schedule, at their good end. */
export const beating = {
	heartbeat: ({ sources, fetch, secret }: Parts): Ports["heartbeat"] => {
		const document = secret(heartbeatName, heartbeatSecret);
		// Not set: this stack calls no address outside.
		const url = sources.env[secretVariable(heartbeatName)] === undefined ? undefined : async () => (await document()).url;
		return heartbeat({ ...sources, fetch, url });
	},
};
