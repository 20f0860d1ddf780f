import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const requirements = fileURLToPath(new URL("requirements.txt", import.meta.url));
const built = fileURLToPath(new URL("../../build/aws/", import.meta.url));

/** Where Python with what the judges need is, or why it is not there, and how to get it. */
export type Python = { readonly path: string } | { readonly missing: string };

const installMilliseconds = 300_000;

/** A virtual environment of its own below `build/`, made once for each list of requirements. */
export function preparePython(): Python {
	const digest = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 8);
	const folder = `${built}python-${digest}`;
	const path = `${folder}/bin/python`;
	if (existsSync(folder)) return { path };
	const python = ["python3", "python"].find((each) => succeeds(each, ["-c", "import sys; sys.exit(sys.version_info < (3, 10))"]));
	if (python === undefined) return { missing: 'no Python 3.10 or later on the PATH; on Debian "apt-get install python3-venv" installs it' };
	mkdirSync(built, { recursive: true });
	// Under another name until it is whole: whoever ends this half-way leaves nothing that looks ready.
	const unfinished = `${folder}-${process.pid}`;
	try {
		if (!succeeds(python, ["-m", "venv", unfinished]))
			return { missing: 'Python makes no virtual environment; on Debian "apt-get install python3-venv" installs what it takes' };
		const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", requirements];
		if (!succeeds(`${unfinished}/bin/python`, install))
			return { missing: "PyPI does not give moto and botocore; test/aws/requirements.txt says which, and pip gets them by its settings" };
		renameSync(unfinished, folder);
		return { path };
	} finally {
		rmSync(unfinished, { recursive: true, force: true });
	}
}

const succeeds = (program: string, args: readonly string[]): boolean =>
	spawnSync(program, args, { stdio: "ignore", timeout: installMilliseconds }).status === 0;
