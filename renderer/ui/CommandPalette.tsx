import {
  Autocomplete,
  Dialog as AriaDialog,
  Header,
  Input,
  Menu as AriaMenu,
  MenuItem,
  MenuSection,
  Modal as AriaModal,
  ModalOverlay,
  SearchField,
  Text,
  useFilter,
} from 'react-aria-components';
import { useTexts } from './format.ts';
import { Icon } from './Icon.tsx';
import type { IconName } from './icons.ts';
import { Kbd } from './Kbd.tsx';
import './CommandPalette.css';
import './Overlay.css';

export interface PaletteCommand {
  readonly id: string;
  readonly label: string;
  readonly section: string;
  readonly icon?: IconName;
  readonly shortcut?: string;
  /** Other words that find it. */
  readonly keywords?: string;
}

export interface CommandPaletteProps {
  /** In the order to show them; commands of one section together. */
  readonly commands: readonly PaletteCommand[];
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onRun: (id: string) => void;
}

/** Everything that can be done, found by typing. */
export function CommandPalette({ commands, isOpen, onClose, onRun }: CommandPaletteProps) {
  const t = useTexts();
  const { contains } = useFilter({ sensitivity: 'base', ignorePunctuation: true });
  const sections = [...new Set(commands.map((command) => command.section))];
  const matches = (text: string, query: string) =>
    query.split(/\s+/).every((word) => contains(text, word));
  return (
    <ModalOverlay
      className="v-veil v-palette-veil"
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      isDismissable
    >
      <AriaModal className="v-palette-frame">
        <AriaDialog className="v-palette" aria-label={t('palette.title')}>
          <Autocomplete filter={matches}>
            <SearchField className="v-palette-search" aria-label={t('palette.title')} autoFocus>
              <Icon name="search" size={20} />
              <Input className="v-palette-input" placeholder={t('palette.placeholder')} />
            </SearchField>
            <AriaMenu
              className="v-list v-palette-list"
              aria-label={t('palette.title')}
              renderEmptyState={() => <div className="v-list-empty">{t('palette.empty')}</div>}
              onAction={(key) => {
                onClose();
                onRun(String(key));
              }}
            >
              {sections.map((section) => (
                <MenuSection key={section} id={section} aria-label={section}>
                  <Header className="v-list-section">{section}</Header>
                  {commands
                    .filter((command) => command.section === section)
                    .map((command) => (
                      <MenuItem
                        key={command.id}
                        id={command.id}
                        className="v-option"
                        textValue={[command.label, section, command.keywords].join(' ')}
                      >
                        {command.icon !== undefined && <Icon name={command.icon} />}
                        <Text slot="label" className="v-option-text">
                          {command.label}
                        </Text>
                        {command.shortcut !== undefined && (
                          <span className="v-option-side">
                            <Kbd>{command.shortcut}</Kbd>
                          </span>
                        )}
                      </MenuItem>
                    ))}
                </MenuSection>
              ))}
            </AriaMenu>
          </Autocomplete>
          <footer className="v-palette-hint">{t('palette.hint')}</footer>
        </AriaDialog>
      </AriaModal>
    </ModalOverlay>
  );
}
