import { PackageDetail } from './PackageDetail.tsx';
import { PackageList } from './PackageList.tsx';
import './packages.css';

/** Packages, both ways: the list, or one of them. */
export function PackagesScreen({ id }: { readonly id?: string | undefined }) {
  return id === undefined ? <PackageList /> : <PackageDetail key={id} id={id} />;
}
