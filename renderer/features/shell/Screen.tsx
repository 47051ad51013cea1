import type { Route } from '../../routes.ts';
import { useRole } from '../../store/use-role.ts';
import {
  EvidenceScreen,
  FindingsScreen,
  NoteButton,
  SampleScreen,
  StandingScreen,
} from '../audit/index.ts';
import { CompareScreen } from '../bundles/index.ts';
import { CasesScreen } from '../cases/index.ts';
import { ComposeScreen } from '../compose/index.ts';
import { ContactsScreen } from '../contacts/index.ts';
import { HistoryScreen } from '../history/index.ts';
import { InboxScreen } from '../inbox/index.ts';
import { OverviewScreen } from '../overview/index.ts';
import { PackagesScreen } from '../packages/index.ts';
import { ReportsScreen } from '../reports/index.ts';
import { SettingsScreen } from '../settings/index.ts';

/** The room that a route leads to. */
export function Screen({ route }: { readonly route: Route }) {
  const isAuditor = useRole() === 'auditor';
  switch (route.screen) {
    case 'overview':
      return <OverviewScreen />;
    case 'inbox':
      return <InboxScreen id={route.id} />;
    case 'packages':
      return <PackagesScreen id={route.id} />;
    case 'compose':
      return <ComposeScreen key={route.id} id={route.id} step={route.step} />;
    case 'cases':
      return <CasesScreen id={route.id} />;
    case 'contacts':
      return <ContactsScreen fingerprint={route.fingerprint} />;
    case 'history':
      return (
        <HistoryScreen
          key={route.package}
          package={route.package}
          seq={route.seq}
          actions={isAuditor ? (entry) => <NoteButton entry={entry.row.seq} /> : undefined}
        />
      );
    case 'reports':
      return <ReportsScreen />;
    case 'standing':
      return <StandingScreen />;
    case 'sample':
      return <SampleScreen />;
    case 'findings':
      return <FindingsScreen />;
    case 'compare':
      return <CompareScreen />;
    case 'evidence':
      return <EvidenceScreen />;
    case 'settings':
      return <SettingsScreen />;
  }
}
