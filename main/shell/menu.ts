import { Menu, type MenuItemConstructorOptions, type WebContents } from 'electron';

/**
 * The menu, hidden where the system has no bar for it: editing and size, for their keys. There is
 * nothing in it to look inside the page with, or to load it anew.
 */
export function setMenu(lock: () => void): void {
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    {
      label: 'Vault',
      submenu: [
        { label: 'Lock', accelerator: 'CommandOrControl+L', click: lock },
        { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomIn', accelerator: 'CommandOrControl+=', visible: false },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
      ],
    },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

/** What the right button offers in text: cut, copy, paste. */
export function offerEditing(contents: WebContents): void {
  contents.on('context-menu', (_event, { isEditable, selectionText }) => {
    const copy = { role: 'copy' } as const;
    const editing = [{ role: 'cut' }, copy, { role: 'paste' }, { role: 'selectAll' }] as const;
    const items = isEditable ? [...editing] : selectionText === '' ? [] : [copy];
    if (items.length > 0) Menu.buildFromTemplate(items).popup();
  });
}
