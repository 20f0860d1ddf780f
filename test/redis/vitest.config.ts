import { defineConfig } from "vitest/config";
import gate from "../../vitest.config.ts";

// As the gate's tests run, but these need a server, which is no npm package: `npm test` leaves them out by their names.
export default defineConfig({ test: { ...gate.test, include: ["test/redis/**/*.redis.ts"] } });
