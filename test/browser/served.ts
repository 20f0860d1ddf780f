import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from "aws-lambda";
import { urlEvent } from "../functions/linkWorld.ts";

/** Serves a function behind its URL on loopback, at a port of the system's choice. */
export async function serve(handler: (event: LambdaFunctionURLEvent) => Promise<LambdaFunctionURLResult>) {
	const server = createServer(async ({ method = "GET", url = "/", headers }, response) => {
		const answer = Object(await handler(urlEvent(method, url, { accept: headers.accept ?? "" })));
		// A browser that keeps its connection would keep the server from its end.
		response.writeHead(answer.statusCode, { ...answer.headers, connection: "close" }).end(answer.body);
	});
	await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
	const { port } = server.address() as AddressInfo;
	return {
		url: (path: string): string => `http://127.0.0.1:${port}${path}`,
		close: (): Promise<void> =>
			new Promise((closed) => {
				server.close(() => closed());
				server.closeAllConnections();
			}),
	};
}
