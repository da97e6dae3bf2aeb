/** An account's id as text: sixteen digits today, and no document promises that. */
export const ACCOUNT_ID = /^\d{10,20}$/;
