export const id = "00000000-0000-4000-a000-000000000000";

export const edges = "/telephony/providers/edges";
