import { accessSync, constants } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Where Debian's package `chromium` puts it. */
const EXECUTABLE = '/usr/bin/chromium';

/** It runs as root, in a container; nothing that it does by itself uses the network. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Why there is no browser to test in; `undefined` when there is one. */
export function whyNoChromium(): string | undefined {
  try {
    accessSync(EXECUTABLE, constants.X_OK);
    return undefined;
  } catch {
    return `there is no ${EXECUTABLE}: install the Debian package chromium`;
  }
}

/** With a new and empty profile of its own, which is gone when it is closed. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: EXECUTABLE, args: FLAGS });
}
