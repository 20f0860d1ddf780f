import { afterEach, describe, expect, test } from "vitest";
import { Deployment } from "./deployment.ts";

let open: Deployment | undefined;
afterEach(() => open?.close());

const heldIn = ({ world }: Deployment) => ({
	aws: world.account.held.length,
	flows: world.organization.flows().length,
	actions: world.organization.actions().length,
	integrations: world.organization.integrations().length,
	roles: world.organization.roles().length,
	clients: world.organization.clients().length,
});

/** What no settings change: the organization's own. */
const nothing = { aws: 0, flows: 0, actions: 0, integrations: 0, roles: 0, clients: 1 };

describe.each(["dev", "prod"])("the stack %s", (name) => {
	test("is previewed, deployed, quiet, without drift, and leaves nothing", async () => {
		const stack = await Deployment.open(name);
		open = stack;
		const before = heldIn(stack);
		expect(before).toEqual({ ...nothing, roles: before.roles });

		const preview = await stack.run("preview");
		expect(heldIn(stack)).toEqual(before);
		expect(new Set(preview.steps.map(({ op }) => op))).toEqual(new Set(["create"]));

		const up = await stack.run("up");
		expect(up.changes).toEqual(preview.changes);
		expect(up.changes.length).toBeGreaterThan(100);
		expect(heldIn(stack).aws).toBe(up.steps.filter(({ type }) => type.startsWith("aws:")).length);
		expect(heldIn(stack).flows).toBeGreaterThan(0);

		expect((await stack.run("preview")).changes).toEqual([]);
		expect((await stack.run("refresh")).changes).toEqual([]);
		expect((await stack.run("preview")).changes).toEqual([]);

		const { planted, issued, readable } = stack;
		expect([planted.length > 5, issued.length]).toEqual([true, 2]);
		for (const [where, text] of Object.entries(readable)) {
			// Pulumi's SDK writes each answer of a provider into its debug messages, secrets too: docs/operations.md says so.
			const secrets = where === "debug" ? planted : [...planted, ...issued];
			expect([where, text.length > 1000]).toEqual([where, true]);
			expect([where, secrets.filter((secret) => text.includes(secret)).length]).toEqual([where, 0]);
		}

		if (name === "prod") {
			const { said } = await stack.failing("destroy");
			expect(said).toContain("protect");
			// The engine deletes what is not protected all the same: what holds data stays.
			const kept = stack.world.account.held.map(({ type }) => type);
			expect(new Set(kept)).toEqual(new Set(["aws:dynamodb/table:Table", "aws:secretsmanager/secret:Secret"]));
			await stack.run("up", { protect: false });
			expect(heldIn(stack).aws).toBe(up.steps.filter(({ type }) => type.startsWith("aws:")).length);
		}
		await stack.run("destroy");
		expect(heldIn(stack)).toEqual(before);
		expect((await stack.state()).deployment.resources ?? []).toEqual([]);
	});
});
