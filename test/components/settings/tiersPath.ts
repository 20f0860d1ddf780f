export const tiers = "policies.telephony.tiers";
