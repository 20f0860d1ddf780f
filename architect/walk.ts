import { isMap, isNode, isScalar, isSeq, type Node } from "yaml";

/** The keys that lead to a node, the nearest first; lists have none. */
export interface Trail {
	readonly key: string;
	readonly above: Trail | undefined;
}

/** Where a node stands. */
export interface Visited {
	readonly trail: Trail | undefined;
	readonly isKey: boolean;
}

/** Every node from here on downwards. The library's own walk takes several times as long: it keeps the way to each node. */
export function walk(node: unknown, visit: (node: Node, at: Visited) => void, at: Visited = { trail: undefined, isKey: false }): void {
	if (!isNode(node)) return;
	visit(node, at);
	if (isSeq(node)) for (const item of node.items) walk(item, visit, at);
	if (!isMap(node)) return;
	for (const { key, value } of node.items) {
		walk(key, visit, { trail: at.trail, isKey: true });
		walk(value, visit, { trail: { key: isScalar(key) ? String(key.value) : "", above: at.trail }, isKey: false });
	}
}
