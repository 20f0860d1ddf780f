import { functionShapes } from "./functions.ts";
import { identityShapes } from "./identity.ts";
import type { Shape } from "./shape.ts";
import { storageShapes } from "./storage.ts";
import { watchShapes } from "./watch.ts";

/** Every type that the stand-in serves, by its token. */
export const shapes: Readonly<Record<string, Shape>> = { ...identityShapes, ...functionShapes, ...storageShapes, ...watchShapes };

/** Throws Error for a type that is not among them. */
export function shapeOf(type: string): Shape {
	const shape = Object.hasOwn(shapes, type) ? shapes[type] : undefined;
	if (shape === undefined) throw new Error(`expected one of ${Object.keys(shapes).join(", ")}, got ${type}`);
	return shape;
}
