import { request } from "node:http";
import { pathToFileURL } from "node:url";
import { cpuHeader } from "./cpuHeader.ts";

/** The runtime's side of Lambda's Runtime API: loads the function in the folder that it is given, and answers one event after another. */
const [bundle = ""] = process.argv.slice(2);
const root = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime`;

interface Answer {
	readonly id: string;
	readonly body: string;
}

function call(method: string, path: string, body?: string): Promise<Answer> {
	return new Promise((resolve, reject) => {
		const { user, system } = process.cpuUsage();
		const headers = { [cpuHeader]: user + system };
		const sent = request(`${root}${path}`, { method, headers }, (answer) => {
			let text = "";
			answer.setEncoding("utf8").on("data", (part: string) => {
				text += part;
			});
			answer.on("end", () => resolve({ id: String(answer.headers["lambda-runtime-aws-request-id"]), body: text }));
		});
		sent.on("error", reject).end(body);
	});
}

const { handler } = await import(pathToFileURL(bundle).href);
for (;;) {
	const { id, body } = await call("GET", "/invocation/next");
	try {
		const answer: unknown = await handler(JSON.parse(body), { getRemainingTimeInMillis: () => 30_000 });
		await call("POST", `/invocation/${id}/response`, JSON.stringify(answer ?? null));
	} catch (error) {
		await call("POST", `/invocation/${id}/error`, JSON.stringify({ errorType: String(error) }));
	}
}
