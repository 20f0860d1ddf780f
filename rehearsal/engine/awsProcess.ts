import { awsPlugin } from "../provider/aws/plugin.ts";
import { remoteAccount } from "../provider/aws/remoteAccount.ts";
import { servePlugin } from "./serve.ts";

/** The address of a served account; without it the stand-in keeps one of its own. */
export const accountVariable = "RUNBOOKS_OFFLINE_AWS";

/** Serves the stand-in for AWS until it is ended, and prints its port, which is all that the engine reads. */
export async function serveAws(): Promise<void> {
	const url = process.env[accountVariable];
	const { port } = await servePlugin(awsPlugin(url === undefined ? {} : { account: remoteAccount(url) }));
	console.log(port);
}
