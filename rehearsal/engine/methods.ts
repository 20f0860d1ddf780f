import * as grpc from "@grpc/grpc-js";
import pluginPb from "@pulumi/pulumi/proto/plugin_pb.js";
import pb from "@pulumi/pulumi/proto/provider_pb.js";
import emptyPb from "google-protobuf/google/protobuf/empty_pb.js";
import structPb from "google-protobuf/google/protobuf/struct_pb.js";
import { isValues, type Values } from "./marks.ts";
import type { Asked, Difference, Existing, Plugin } from "./plugin.ts";

/** A provider behind Pulumi's wire protocol: each method reads its message, asks the plugin, and writes the answer. What is not here is not implemented. */
export function methods(plugin: Plugin): grpc.UntypedServiceImplementation {
	return {
		handshake: answering(async () => new pb.ProviderHandshakeResponse().setAcceptSecrets(true).setAcceptResources(true)),
		attach: answering(async () => new emptyPb.Empty()),
		cancel: answering(async () => new emptyPb.Empty()),
		getPluginInfo: answering(async () => new pluginPb.PluginInfo().setVersion(plugin.version)),
		parameterize: answering(async (request: InstanceType<typeof pb.ParameterizeRequest>) => parameterize(plugin, request)),
		checkConfig: answering(async (request: InstanceType<typeof pb.CheckRequest>) => new pb.CheckResponse().setInputs(request.getNews())),
		diffConfig: answering(async () => new pb.DiffResponse().setChanges(pb.DiffResponse.DiffChanges.DIFF_NONE)),
		configure: answering(async (request: InstanceType<typeof pb.ConfigureRequest>) => {
			await plugin.configure(read(request.getArgs()));
			return new pb.ConfigureResponse().setSupportspreview(true).setAcceptsecrets(true).setAcceptresources(true);
		}),
		check: answering(async (request: InstanceType<typeof pb.CheckRequest>) => {
			const refused = plugin.check({ ...named(request), inputs: read(request.getNews()) });
			const failures = refused.map(({ property, reason }) => new pb.CheckFailure().setProperty(property).setReason(reason));
			return new pb.CheckResponse().setInputs(request.getNews()).setFailuresList(failures);
		}),
		diff: answering(async (request: InstanceType<typeof pb.DiffRequest>) =>
			differenceOf(await plugin.diff(existing(request, request.getOldInputs(), request.getOlds()), read(request.getNews()))),
		),
		create: answering(async (request: InstanceType<typeof pb.CreateRequest>) => {
			const asked: Asked = { ...named(request), inputs: read(request.getProperties()) };
			if (request.getPreview()) return new pb.CreateResponse().setProperties(write(plugin.foreseen(asked)));
			const { id, outputs } = await plugin.create(asked);
			return new pb.CreateResponse().setId(id).setProperties(write(outputs));
		}),
		read: answering(async (request: InstanceType<typeof pb.ReadRequest>) => {
			const found = await plugin.read(existing(request, request.getInputs(), request.getProperties()));
			if (found === undefined) return new pb.ReadResponse();
			return new pb.ReadResponse().setId(found.id).setProperties(write(found.outputs)).setInputs(write(found.inputs));
		}),
		update: answering(async (request: InstanceType<typeof pb.UpdateRequest>) => {
			const after = read(request.getNews());
			const before = existing(request, request.getOldInputs(), request.getOlds());
			const outputs = request.getPreview() ? { ...before.outputs, ...after } : await plugin.update(before, after);
			return new pb.UpdateResponse().setProperties(write(outputs));
		}),
		delete: answering(async (request: InstanceType<typeof pb.DeleteRequest>) => {
			await plugin.delete(existing(request, request.getOldInputs(), request.getProperties()));
			return new emptyPb.Empty();
		}),
		invoke: answering(async (request: InstanceType<typeof pb.InvokeRequest>) =>
			new pb.InvokeResponse().setReturn(write(plugin.invoke(request.getTok(), read(request.getArgs())))),
		),
	};
}

/** Without words of its own an error tells nobody what to do: its message is what the engine shows. */
const answering =
	<Request, Answer>(answer: (request: Request) => Promise<Answer>): grpc.handleUnaryCall<Request, Answer> =>
	(call, callback) => {
		answer(call.request).then(
			(value) => callback(null, value),
			(error: unknown) => callback({ code: grpc.status.UNKNOWN, message: error instanceof Error ? error.message : String(error) }),
		);
	};

interface Named {
	getUrn(): string;
}

/** `urn:pulumi:<stack>::<project>::<parents' types>$<type>::<name>`. */
function named(request: Named): Pick<Asked, "type" | "name"> {
	const [, , types = "", ...name] = request.getUrn().split("::");
	return { type: types.split("$").at(-1) ?? "", name: name.join("::") };
}

type Sent = InstanceType<typeof structPb.Struct> | undefined;

const existing = (request: Named & { getId(): string }, inputs: Sent, outputs: Sent): Existing => ({
	...named(request),
	id: request.getId(),
	inputs: read(inputs),
	outputs: read(outputs),
});

function read(sent: Sent): Values {
	const values: unknown = sent?.toJavaScript() ?? {};
	return isValues(values) ? values : {};
}

/** As JSON: what is undefined is not there. */
const write = (values: Values): InstanceType<typeof structPb.Struct> => structPb.Struct.fromJavaScript(JSON.parse(JSON.stringify(values)));

function differenceOf({ changed, replacing, deletesFirst }: Difference): InstanceType<typeof pb.DiffResponse> {
	const { DIFF_NONE, DIFF_SOME } = pb.DiffResponse.DiffChanges;
	const answer = new pb.DiffResponse()
		.setChanges(changed.length === 0 ? DIFF_NONE : DIFF_SOME)
		.setDiffsList([...changed])
		.setReplacesList([...replacing])
		.setDeletebeforereplace(deletesFirst)
		.setHasdetaileddiff(true);
	const { UPDATE, UPDATE_REPLACE } = pb.PropertyDiff.Kind;
	for (const key of changed)
		answer
			.getDetaileddiffMap()
			.set(key, new pb.PropertyDiff().setKind(replacing.includes(key) ? UPDATE_REPLACE : UPDATE).setInputdiff(true));
	return answer;
}

function parameterize(plugin: Plugin, request: InstanceType<typeof pb.ParameterizeRequest>) {
	if (plugin.parameterize === undefined) throw new Error("expected a package without a parameter");
	const { name, version } = plugin.parameterize(request.getValue()?.getValue_asU8() ?? new Uint8Array());
	return new pb.ParameterizeResponse().setName(name).setVersion(version);
}
