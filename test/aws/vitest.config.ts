import { defineConfig } from "vitest/config";
import gate from "../../vitest.config.ts";

// As the gate's tests run, but these need Python and PyPI: `npm test` leaves them out by their names.
export default defineConfig({ test: { ...gate.test, include: ["test/aws/**/*.aws.ts"], hookTimeout: 1_200_000 } });
