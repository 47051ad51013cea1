export function PackagesScreen(_props: { readonly id?: string | undefined }) {
  return null;
}
