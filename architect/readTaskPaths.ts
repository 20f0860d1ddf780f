import type { CallTask, EndTask } from "./model.ts";
import type { Entry, Nodes, ReadActions } from "./readNodes.ts";

/** The path on which a task that names none ends. */
export const defaultPath = "default";

/** What follows a callTask: `outputs.default.actions`, and `outputs.paths[].path` with a name each. */
export function readTaskOutputs(of: Entry | undefined, nodes: Nodes, readActions: ReadActions): Pick<CallTask, "default" | "paths"> {
	if (of === undefined) return {};
	const fields = nodes.fields(of, "outputs", [], ["default", "paths"]);
	const otherwise = fields.get("default");
	const paths = nodes.items(fields.get("paths"), "paths").flatMap((item) => {
		const entry = nodes.fields(item, "an item of paths", ["path"]).get("path");
		if (entry === undefined) return [];
		const parts = nodes.fields(entry, "a path", ["name"], ["actions", "none"]);
		return {
			name: nodes.text(parts.get("name"), "the path's name"),
			actions: readActions(parts.get("actions"), nodes),
			place: entry.place,
		};
	});
	return {
		...(otherwise === undefined ? {} : { default: readActions(nodes.path(otherwise), nodes) }),
		...(paths.length === 0 ? {} : { paths }),
	};
}

/** The path that an endTask names; "default" is left out. */
export function readTaskEnd(of: Entry | undefined, nodes: Nodes): Pick<EndTask, "outputPath"> {
	if (of === undefined) return {};
	const name = nodes.text(nodes.fields(of, "outputPath", ["name"]).get("name"), "the output path", defaultPath);
	return isDefaultPath(name) ? {} : { outputPath: name };
}

/** Whether a path name is the default one, in any case. */
export function isDefaultPath(name: string | undefined): boolean {
	return name === undefined || name.toLowerCase() === defaultPath;
}
