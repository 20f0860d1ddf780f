// A plugin is always started with ts-node, which cannot read these sources; from here on Node itself reads them (type stripping).
export * from "./index.ts";
