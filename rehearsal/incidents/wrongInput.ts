/** What a person has to say otherwise; its message says how. */
export class WrongInput extends Error {}
