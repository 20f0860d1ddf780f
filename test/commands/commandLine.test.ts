import type { Command } from "commander";
import { afterEach, describe, expect, test, vi } from "vitest";
import { DocumentError } from "../../architect/expressions/variables.ts";
import { type Script, scriptCommand, statusOf, wholeNumber } from "../../commands/commandLine.ts";

class WrongStack extends Error {}

let said = "";

const command = (): Command =>
	scriptCommand("show")
		.argument("[name]")
		.option("--seed <number>", "a seed", wholeNumber(1, 20), 3)
		.configureOutput({
			writeErr: (text) => {
				said += text;
			},
			writeOut: (text) => {
				said += text;
			},
		});

afterEach(() => vi.restoreAllMocks());

/** What the process would end with, and what it would say. */
async function ended(script: Partial<Script>, ...args: readonly string[]) {
	said = "";
	vi.spyOn(console, "error").mockImplementation((text: unknown) => {
		said += text;
	});
	const status = await statusOf(command(), { run: () => 0, ...script }, args);
	return { status, said: said.trim() };
}

describe("the exit status of a command", () => {
	test("is what its run gives, now or later", async () => {
		expect(await ended({ run: () => 1 })).toEqual({ status: 1, said: "" });
		expect(await ended({ run: async () => 1 })).toEqual({ status: 1, said: "" });
	});

	test("is 0 for help", async () => {
		const { status, said: help } = await ended({}, "--help");
		expect(status).toBe(0);
		expect(help).toContain("Usage: npm run show --");
	});

	test.each([
		{ name: "an unknown option", args: ["--what"], says: "unknown option '--what'" },
		{ name: "an argument too many", args: ["one", "two"], says: "too many arguments" },
		{ name: "no number", args: ["--seed", "1.5"], says: "Expected a whole number from 1 to 20." },
		{ name: "a number below", args: ["--seed", "0"], says: "Expected a whole number from 1 to 20." },
		{ name: "a number above", args: ["--seed", "21"], says: "Expected a whole number from 1 to 20." },
	])("is 2, with one line, for $name", async ({ args, says }) => {
		const { status, said: line } = await ended({}, ...args);
		expect(status).toBe(2);
		expect(line).toContain(says);
		expect(line).toMatch(/ \(--help shows what is allowed\)$/);
		expect(line).not.toContain("\n");
	});

	test.each([
		["a document that is wrong", new DocumentError("a.json: Expected\nJSON"), "a.json: Expected JSON"],
		["input that is wrong, line by line", new WrongStack("two problems:\n- one"), "two problems:\n- one"],
	])("is 2 for %s, thrown now or later", async (_, error, says) => {
		const isWrongInput = (thrown: unknown): thrown is Error => thrown instanceof WrongStack;
		const thrown = () => {
			throw error;
		};
		expect(await ended({ isWrongInput, run: thrown })).toEqual({ status: 2, said: says });
		expect(await ended({ isWrongInput, run: async () => thrown() })).toEqual({ status: 2, said: says });
	});

	test("is 2 for what run finds wrong with the arguments", async () => {
		const run = (program: Command) => program.error("Expected one of them, got both");
		expect(await ended({ run })).toEqual({ status: 2, said: "Expected one of them, got both (--help shows what is allowed)" });
	});

	test("any other error goes on", async () => {
		await expect(ended({ run: async () => Promise.reject(new WrongStack("unknown")) })).rejects.toThrow("unknown");
	});
});
