import { parse } from "yaml";

/** The document of a file that people write. Throws `Wrong` with one line that says what is wrong and where. */
export function parseYaml(text: string, file: string, Wrong: new (message: string) => Error): unknown {
	try {
		return parse(text);
	} catch (error) {
		// The library goes on with the lines in question, after a colon.
		const said = error instanceof Error ? error.message.split("\n")[0]?.replace(/:$/, "") : String(error);
		throw new Wrong(`${file}: expected YAML, got: ${said}`);
	}
}
