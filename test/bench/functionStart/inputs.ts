import type { Metafile } from "esbuild";
import type { FunctionName } from "../../../components/functions/bundle.ts";

/** What is really in the bundle of a function: an input of which nothing was kept is not. */
export const inputsIn = ({ outputs }: Metafile, name: FunctionName): readonly string[] =>
	Object.entries(outputs[`build/functions/${name}.js`]?.inputs ?? {}).flatMap(([path, { bytesInOutput }]) =>
		bytesInOutput > 0 ? [path] : [],
	);

/** The AWS clients of which something is in it. */
export const clientsIn = (metafile: Metafile, name: FunctionName): readonly string[] =>
	[...new Set(inputsIn(metafile, name).flatMap((path) => /@aws-sdk\/client-([a-z-]+)\//.exec(path)?.[1] ?? []))].toSorted();
