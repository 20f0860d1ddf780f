import type { Emulator, Route } from "./emulator.ts";

/** `GET /api/v2/organizations/me`: needs no permission; the provider reads `defaultCountryCode`. */
export function organizationRoutes({ state }: Emulator): Route[] {
	const { id, name, domain } = state.organization;
	const body = {
		id,
		name,
		domain,
		defaultLanguage: "en-US",
		defaultCountryCode: "US",
		thirdPartyOrgName: name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-"),
		version: 1,
		state: "active",
		voicemailEnabled: true,
		productPlatform: "PureCloud",
		features: {},
		selfUri: "/api/v2/organizations/me",
	};
	return [{ method: "GET", path: "/api/v2/organizations/me", permissions: [], handle: () => ({ body }) }];
}
