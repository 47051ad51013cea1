export { People } from './People.tsx';
export { useSignedIn } from './use-signed-in.ts';
