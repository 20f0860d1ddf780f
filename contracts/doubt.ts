/** After these nobody knows whether the vendor took it: no answer, a late one, a gateway's own, or a 2xx that is no vendor's. */
export const doubtfulReasons = ["timeout", "unreachable", "unavailable", "malformed"] as const;
