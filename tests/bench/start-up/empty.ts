// The least that an app can be: one window with a word in it.
import { app, BrowserWindow } from 'electron';

void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 820, show: false });
  window.once('ready-to-show', () => {
    window.show();
  });
  void window.loadURL('data:text/html,<h1>Empty</h1>');
});
