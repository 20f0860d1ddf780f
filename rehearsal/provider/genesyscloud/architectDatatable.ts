import { asBody, type Body, listOf, present, textOf } from "./api.ts";
import type { ResourceType } from "./resource.ts";

const tables = "/flows/datatables";

export const architectDatatable: ResourceType = {
	idProperty: "architectDatatableId",
	replaceOn: [],
	async create(session, label, inputs) {
		const { id } = await session.api.call(label, "POST", tables, tableBody(inputs));
		await architectDatatable.read(session, label, textOf(id));
		return { id: textOf(id), computed: {} };
	},
	async read(session, label, id) {
		const table = await session.api.call(label, "GET", `${tables}/${id}?expand=schema`);
		const division = asBody(table.division);
		if (textOf(division.id) === "") throw new Error(`${label}: expected division.id of the data table`);
		const columns = Object.entries(asBody(asBody(table.schema).properties)).map(([name, column]) => ({ name, ...asBody(column) }));
		return present({
			name: table.name,
			description: table.description,
			divisionId: division.id,
			properties: columns.map(({ name, ...column }) => present({ name, type: asBody(column).type, title: asBody(column).title })),
		});
	},
	async update(session, label, id, inputs) {
		await session.api.call(label, "PUT", `${tables}/${id}`, tableBody(inputs));
		await architectDatatable.read(session, label, id);
		return { id, computed: {} };
	},
	async remove(session, label, id) {
		await session.api.call(label, "DELETE", `${tables}/${id}?force=true`);
		await session.api.expectGone(label, `${tables}/${id}`);
	},
};

/** The order of the columns is their displayOrder. */
function tableBody(inputs: Body): Body {
	const columns = listOf(inputs.properties).map(asBody);
	const properties = columns.map(({ name, type, title, default: fallback }, displayOrder) => [
		name,
		present({ title: title ?? name, type, $id: `/properties/${textOf(name)}`, displayOrder, default: fallback }),
	]);
	return present({
		name: inputs.name,
		description: inputs.description,
		division: inputs.divisionId === undefined ? undefined : { id: inputs.divisionId },
		schema: {
			$schema: "http://json-schema.org/draft-04/schema#",
			type: "object",
			properties: Object.fromEntries(properties),
			required: ["key"],
			additionalProperties: false,
		},
	});
}
