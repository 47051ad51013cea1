/**
 * The one door to the openpgp package. Everything in this room imports it from here; no other
 * room imports it at all. Its global `config` is never changed: each call gets a frozen one from
 * `profile.ts`.
 */
export * from 'openpgp';
