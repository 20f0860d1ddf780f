/** Set where the engine is to fetch the real provider of Genesys Cloud. */
const variable = "RUNBOOKS_REAL_PROVIDER";

export const usesRealProvider = (): boolean => process.env[variable] === "yes";

/** For this process and those that it starts. */
export function useRealProvider(): void {
	process.env[variable] = "yes";
}
