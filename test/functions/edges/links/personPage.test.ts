import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { isLookedAt, noSuchPage, personPage, type Said, tryAgain, wrongMethod } from "../../../../functions/edges/links/personPage.ts";
import type { LinkFacts } from "../../../../functions/pipeline/ports.ts";
import { urlEvent } from "../../linkWorld.ts";

const hostile = `<script>alert("1")</script>&'`;
const facts = (name: string): LinkFacts => ({
	what: `${name} is down`,
	name,
	severity: "critical",
	stack: name,
	first: [{ name, text: name, items: [name] }],
	terms: [name],
	more: [{ name, text: name }],
});
const said = (change: Partial<Said> = {}): Said => ({ status: 200, heading: "A question?", text: "Some words.", ...change });
const page = (of: Said, method = "GET") => personPage(urlEvent(method, "/"), of);
const bodyOf = (of: Said): string => page(of).body ?? "";

describe("every page for a person", () => {
	test.each([
		["without facts", said()],
		["with facts and a button", said({ about: facts("Frankfurt-1"), button: "Press" })],
		["no such page", noSuchPage],
		["try again", tryAgain(true)],
		["a wrong method", wrongMethod],
	])("is a whole document of one language, title, size, main part and heading: %s", (_name, of) => {
		const body = bodyOf(of);
		expect(body).toMatch(/^<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n/);
		expect(body).toContain('<meta name="viewport" content="width=device-width, initial-scale=1">');
		for (const once of ["<title>", "<main", "</main>", "<h1>", "<style>", "</html>"]) expect(body.split(once)).toHaveLength(2);
		expect(/<title>(.*)<\/title>/.exec(body)?.[1]).toBe(`${/<h1>(.*)<\/h1>/.exec(body)?.[1]} - On-call runbooks`);
	});

	test("holds nothing that could run or be fetched, whatever names hold", () => {
		const body = bodyOf(said({ heading: hostile, text: hostile, about: facts(hostile), button: hostile }));
		expect(body).not.toMatch(/<script|<img|<link|<iframe|\son[a-z]+=|\ssrc=|\shref=|url\(|@import/i);
		expect(body.split("&#60;script&#62;alert(&#34;1&#34;)&#60;/script&#62;&#38;&#39;").length).toBeGreaterThan(10);
	});

	test("is kept nowhere, framed nowhere, sends nobody its address, and takes one style: its own", () => {
		const { headers = {}, body = "" } = page(said());
		const style = /<style>([\s\S]*)<\/style>/.exec(body)?.[1] ?? "";
		const hash = createHash("sha256").update(style).digest("base64");
		expect(headers).toEqual({
			"content-type": "text/html; charset=utf-8",
			"cache-control": "no-store",
			"referrer-policy": "no-referrer",
			"x-content-type-options": "nosniff",
			"x-robots-tag": "noindex",
			"content-security-policy": `default-src 'none'; style-src 'sha256-${hash}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
		});
	});

	test("is small: a phone with a bad line has it at once", () => {
		expect(Buffer.byteLength(bodyOf(said({ about: facts("Frankfurt-1"), button: "Press" })))).toBeLessThan(6000);
	});

	test("isolates a name by its direction wherever it stands", () => {
		const body = bodyOf(said({ about: { ...facts("ترنك"), what: "A ترنك, B ترنك" } }));
		expect(body).toContain('<p class="what" dir="auto">A <bdi>ترنك</bdi>, B <bdi>ترنك</bdi></p>');
		expect(body).toContain("<li><bdi>ترنك</bdi></li>");
		expect(bodyOf(said({ about: { ...facts(""), what: "all & sundry" } }))).toContain('dir="auto">all &#38; sundry</p>');
	});

	test.each(["critical", "high", "medium", "low"] as const)("says how bad it is in words and by a colour of its own: %s", (severity) => {
		const body = bodyOf(said({ about: { ...facts("x"), severity } }));
		expect(body).toContain(`<main class="${severity}">`);
		expect(body.toLowerCase()).toMatch(new RegExp(`<span class="badge">${severity}( severity)?</span>`));
		expect(body).toContain(`.${severity}{--tone:var(--${severity})}`);
	});

	test("has no list where there is nothing to list", () => {
		const body = bodyOf(said({ about: { ...facts("x"), first: [], terms: [], more: [] } }));
		expect(body).not.toMatch(/<dl|<h2|class="terms"/);
	});
});

describe("somebody with a browser", () => {
	const browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
	test.each([
		{ method: "GET", accept: browser, looks: true },
		{ method: "HEAD", accept: browser, looks: true },
		{ method: "POST", accept: browser, looks: false },
		{ method: "GET", accept: "*/*", looks: false },
		{ method: "GET", accept: "application/json", looks: false },
	])("$method for $accept: $looks", ({ method, accept, looks }) => {
		expect(isLookedAt(urlEvent(method, "/", { accept }))).toBe(looks);
		expect(isLookedAt({ ...urlEvent(method, "/"), headers: {} })).toBe(false);
	});
});
