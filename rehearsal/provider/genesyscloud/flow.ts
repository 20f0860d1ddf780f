import { createHash } from "node:crypto";
import { asBody, type Body, listOf, ProviderError, textMap, textOf } from "./api.ts";
import type { Created, ResourceType, Session } from "./resource.ts";

const flows = "/flows";
/** The provider polls every 15 s for 16 minutes; a job that is not over here at the first poll never will be. */
const mostPolls = 3;

export const flow: ResourceType = {
	idProperty: "flowId",
	computes: ["fileContentHash", "type"],
	replaceOn: [],
	create: (session, label, inputs) => publish(session, label, inputs, undefined),
	async read(session, label, id) {
		const found = await session.api.call(label, "GET", `${flows}/${id}?deleted=false`);
		return { name: found.name, type: found.type };
	},
	update: (session, label, id, inputs) => publish(session, label, inputs, id),
	async remove(session, label, id, before) {
		if (before.forceUnlock === true) await unlock(session, label, id);
		await session.api.call(label, "DELETE", `${flows}/${id}`);
	},
};

/** Publishing under another name makes another flow; the one before stays. */
async function publish(session: Session, label: string, inputs: Body, id: string | undefined): Promise<Created> {
	if (inputs.forceUnlock === true && id !== undefined) await unlock(session, label, id);
	const job = await session.api.call(label, "POST", `${flows}/jobs`);
	const file = await session.readFile(textOf(inputs.filepath));
	await session.api.upload(label, textOf(job.presignedUrl), textMap(job.headers), replaced(file, textMap(inputs.substitutions)));
	const flowId = await finished(session, label, textOf(job.id));
	const { type } = await flow.read(session, label, flowId);
	return { id: flowId, computed: { fileContentHash: createHash("sha256").update(file).digest("hex"), type: textOf(type).toLowerCase() } };
}

async function finished(session: Session, label: string, jobId: string): Promise<string> {
	const path = `${flows}/jobs/${jobId}?expand=messages`;
	for (let poll = 0; poll < mostPolls; poll += 1) {
		const job = await session.api.call(label, "GET", path);
		if (job.status === "Success") return textOf(asBody(job.flow).id);
		if (job.status === "Failure") {
			const messages = listOf(job.messages).map((message) => textOf(asBody(message).text));
			throw new ProviderError(label, `GET /api/v2${path}`, 200, "Failure", messages.join("\n"));
		}
	}
	throw new ProviderError(label, `GET /api/v2${path}`, 200, "Started", "the publish job did not end");
}

async function unlock(session: Session, label: string, id: string): Promise<void> {
	await session.api.call(label, "POST", `${flows}/actions/unlock?flow=${encodeURIComponent(id)}`);
}

/** Literal replacement of `{{key}}`, as the provider does it, one key after the other: no escaping, unknown placeholders stay. */
function replaced(text: string, substitutions: Readonly<Record<string, string>>): string {
	// Without a placeholder in a value, one pass over the text comes to the same.
	if (!Object.values(substitutions).some((value) => value.includes("{{") || value.includes("}}")))
		return text.replaceAll(/\{\{([^{}]+)\}\}/g, (whole, key: string) =>
			Object.hasOwn(substitutions, key) ? (substitutions[key] ?? whole) : whole,
		);
	return Object.entries(substitutions).reduce((left, [key, value]) => left.replaceAll(`{{${key}}}`, () => value), text);
}
