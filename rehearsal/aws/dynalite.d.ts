/** dynalite 4.0.0 has no types of its own: as much of it as is used here. */
declare module "dynalite" {
	import type { Server } from "node:http";

	export default function dynalite(options: { readonly createTableMs?: number }): Server;
}
