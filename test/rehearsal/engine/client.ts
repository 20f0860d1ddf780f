import * as grpc from "@grpc/grpc-js";
import providerGrpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import pb from "@pulumi/pulumi/proto/provider_pb.js";
import emptyPb from "google-protobuf/google/protobuf/empty_pb.js";
import structPb from "google-protobuf/google/protobuf/struct_pb.js";
import type { Values } from "../../../rehearsal/engine/marks.ts";
import type { Plugin } from "../../../rehearsal/engine/plugin.ts";
import { servePlugin } from "../../../rehearsal/engine/serve.ts";

const service = providerGrpc.ResourceProviderService;

/** A provider as the engine reaches it: by its port, over the wire. */
export async function engineOf(plugin: Plugin) {
	const { port, close } = await servePlugin(plugin);
	const client = new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
	const ask = <Request, Answer>(method: grpc.MethodDefinition<Request, Answer>, request: Request): Promise<Answer> =>
		new Promise((resolve, reject) => {
			const { path, requestSerialize, responseDeserialize } = method;
			client.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, (error, answer) =>
				error === null && answer !== undefined ? resolve(answer) : reject(error),
			);
		});
	const urn = (type: string, name: string): string => `urn:pulumi:dev::runbooks::parent:index:Parent$${type}::${name}`;
	const existing = <R extends Existing<R>>(request: R, { type, name, id }: Place): R => request.setUrn(urn(type, name)).setId(id);
	return {
		handshake: () => ask(service.handshake, new pb.ProviderHandshakeRequest()),
		pluginInfo: () => ask(service.getPluginInfo, new emptyPb.Empty()),
		cancel: () => ask(service.cancel, new emptyPb.Empty()),
		schema: () => ask(service.getSchema, new pb.GetSchemaRequest()),
		parameterize: async (value: string) => {
			const parameter = new pb.ParameterizeRequest.ParametersValue().setValue(new TextEncoder().encode(value));
			return (await ask(service.parameterize, new pb.ParameterizeRequest().setValue(parameter))).toObject();
		},
		checkConfig: async (news: Values) => read((await ask(service.checkConfig, new pb.CheckRequest().setNews(write(news)))).getInputs()),
		configure: (args: Values) => ask(service.configure, new pb.ConfigureRequest().setArgs(write(args))),
		check: async (type: string, news: Values) => {
			const answer = await ask(service.check, new pb.CheckRequest().setUrn(urn(type, "one")).setNews(write(news)));
			return { inputs: read(answer.getInputs()), failures: answer.getFailuresList().map((failure) => failure.toObject()) };
		},
		diff: async (place: Place, before: Values, after: Values, outputs: Values = before) => {
			const request = existing(new pb.DiffRequest(), place).setOldInputs(write(before)).setOlds(write(outputs)).setNews(write(after));
			const answer = await ask(service.diff, request);
			return {
				changes: answer.getChanges(),
				diffs: answer.getDiffsList(),
				replaces: answer.getReplacesList(),
				deletesFirst: answer.getDeletebeforereplace(),
			};
		},
		create: async (type: string, name: string, inputs: Values, preview = false) => {
			const request = new pb.CreateRequest().setUrn(urn(type, name)).setProperties(write(inputs)).setPreview(preview);
			const answer = await ask(service.create, request);
			return { id: answer.getId(), outputs: read(answer.getProperties()) };
		},
		read: async (place: Place, inputs: Values, outputs: Values = inputs) => {
			const answer = await ask(service.read, existing(new pb.ReadRequest(), place).setInputs(write(inputs)).setProperties(write(outputs)));
			return { id: answer.getId(), inputs: read(answer.getInputs()), outputs: read(answer.getProperties()) };
		},
		update: async (place: Place, before: Values, after: Values, preview = false) => {
			const request = existing(new pb.UpdateRequest(), place).setOldInputs(write(before)).setOlds(write(before)).setNews(write(after));
			return read((await ask(service.update, request.setPreview(preview))).getProperties());
		},
		delete: (place: Place, inputs: Values) =>
			ask(service.delete, existing(new pb.DeleteRequest(), place).setOldInputs(write(inputs)).setProperties(write(inputs))),
		invoke: async (token: string, args: Values) =>
			read((await ask(service.invoke, new pb.InvokeRequest().setTok(token).setArgs(write(args)))).getReturn()),
		close: () => {
			client.close();
			close();
		},
	};
}

export interface Place {
	readonly type: string;
	readonly name: string;
	readonly id: string;
}

interface Existing<R> {
	setUrn(urn: string): R;
	setId(id: string): R;
}

type Sent = InstanceType<typeof structPb.Struct>;
const write = (values: Values): Sent => structPb.Struct.fromJavaScript(JSON.parse(JSON.stringify(values)));
const read = (sent: Sent | undefined): Values => sent?.toJavaScript() ?? {};
