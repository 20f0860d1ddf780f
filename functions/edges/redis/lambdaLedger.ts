import type { Clock } from "../../pipeline/ports.ts";
import { redisName, redisSecret } from "../../schemas/secrets.ts";
import type { Surroundings } from "../parts.ts";
import { redisAddress } from "./address.ts";
import { redisConnections } from "./client.ts";
import { redisLedger } from "./ledger.ts";

/** The ledger of a stack that keeps it in Redis or Valkey. What `#ledger` of package.json is in the bundles of such a stack. */
export const lambdaLedger =
	(clock: Clock): Surroundings["ledger"] =>
	({ environment, secret }) =>
		redisLedger({
			connect: redisConnections(redisAddress(environment.redisUrl())),
			credentials: secret(redisName, redisSecret),
			prefix: environment.redisPrefix(),
			clock,
		});
