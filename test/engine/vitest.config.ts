import { configDefaults, defineConfig } from "vitest/config";
import gate from "../../vitest.config.ts";
import { usesRealProvider } from "./realProvider.ts";

const include = ["test/engine/**/*.engine.ts"];
// Without the real provider there is no schema to compare with.
const exclude = [...configDefaults.exclude, ...(usesRealProvider() ? [] : ["test/engine/schema.engine.ts"])];

// As the gate's tests run, but these need Pulumi's engine, which is no npm package: `npm test` leaves them out by their names.
export default defineConfig({ test: { ...gate.test, include, exclude, testTimeout: 1_200_000, hookTimeout: 1_200_000 } });
