import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { axeViolations, overflowing, takePicture, useBrowser, views } from "./look.ts";

const { open } = useBrowser();

const documentOf = (body: string, head = ""): string =>
	`<!doctype html><html lang="en"><head><title>A page</title>${head}</head><body><main><h1>A page</h1>${body}</main></body></html>`;

describe("the tools, each tried on a page with one fault", () => {
	it("views are a phone and a screen, by day and by night", () => {
		expect(views.map(({ width, scheme }) => `${width} ${scheme}`)).toEqual(["320 light", "320 dark", "1200 light", "1200 dark"]);
	});

	it("axe has nothing to say of a good page", async () => {
		const page = await open({ html: documentOf("<button>Press</button>") }, { width: 320 });
		expect(await axeViolations(page)).toEqual([]);
	});

	it("axe names a button without a name and a text that is too pale, also under a policy that lets no script run", async () => {
		const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`;
		const page = await open({ html: documentOf('<button></button><p style="color:#bbb">pale</p>', policy) }, { width: 320 });
		const violations = await axeViolations(page);
		expect(violations.map((line) => line.split(":")[0])).toEqual(["button-name", "color-contrast"]);
	});

	it("what is wider than the window is named", async () => {
		const page = await open({ html: documentOf('<p id="wide" style="width:500px">wide</p>') }, { width: 320 });
		const [whole, element] = await overflowing(page);
		expect(whole).toMatch(/^the page: \d+ px of content in 320 px$/);
		expect(element).toContain('<p id="wide"');
		expect(await overflowing(await open({ html: documentOf('<p id="wide" style="width:500px">wide</p>') }, { width: 1200 }))).toEqual([]);
	});

	it("a page is seen by day or by night, with scripts or without", async () => {
		const style = "<style>p{color:rgb(1,1,1)}@media (prefers-color-scheme:dark){p{color:rgb(2,2,2)}}</style>";
		const html = documentOf("<p>text</p><script>document.title='ran'</script>", style);
		const seen = [];
		for (const view of [
			{ width: 320, scheme: "light" },
			{ width: 320, scheme: "dark", script: false },
		] as const) {
			const page = await open({ html }, view);
			seen.push([await page.title(), await page.evaluate("getComputedStyle(document.querySelector('p')).color")]);
		}
		expect(seen).toEqual([
			["ran", "rgb(1, 1, 1)"],
			["A page", "rgb(2, 2, 2)"],
		]);
	});

	it("a picture is a PNG of the width that was asked for", async () => {
		const page = await open({ html: documentOf("<p>text</p>") }, { width: 320 });
		const bytes = readFileSync(await takePicture(page, "tools"));
		expect(bytes.subarray(1, 4).toString("latin1")).toBe("PNG");
		expect(bytes.readUInt32BE(16)).toBe(320);
	});
});
