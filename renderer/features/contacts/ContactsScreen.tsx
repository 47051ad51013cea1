import { ContactDetail } from './ContactDetail.tsx';
import { ContactList } from './ContactList.tsx';
import './contacts.css';

/** Contacts: the list with our own certificate, or one of them. */
export function ContactsScreen({ fingerprint }: { readonly fingerprint?: string | undefined }) {
  return fingerprint === undefined ? (
    <ContactList />
  ) : (
    <ContactDetail key={fingerprint} fingerprint={fingerprint} />
  );
}
