import * as grpc from "@grpc/grpc-js";
import providerGrpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { methods } from "./methods.ts";
import type { Plugin } from "./plugin.ts";

export interface ServedPlugin {
	readonly port: number;
	close(): void;
}

/** The largest message of the engine's own clients. */
const mostBytes = 400 * 1024 * 1024;

/** Serves a provider to the engine on a free loopback port. */
export async function servePlugin(plugin: Plugin): Promise<ServedPlugin> {
	const server = new grpc.Server({ "grpc.max_receive_message_length": mostBytes, "grpc.max_send_message_length": mostBytes });
	server.addService(providerGrpc.ResourceProviderService, methods(plugin));
	const port = await new Promise<number>((resolve, reject) => {
		server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => (error ? reject(error) : resolve(bound)));
	});
	return { port, close: () => server.forceShutdown() };
}
