import { afterEach, expect, test } from "vitest";
import { Deployment } from "./deployment.ts";

let open: Deployment | undefined;
afterEach(() => open?.close());

test("the policy pack finds nothing in what the program declares", async () => {
	open = await Deployment.open("dev");
	const said = await open.judged();
	expect(said).toMatch(/Policies:/);
	expect(said).not.toMatch(/\[mandatory\]|\[advisory\]/);
});
