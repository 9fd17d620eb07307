import type { ComponentType } from 'react';

import type { texts } from '../../texts';
import { DeletionPanel } from './deletion-panel';
import { ExportPanel } from './export-panel';
import { IdentitiesPanel } from './identities-panel';
import { LoginsPanel } from './logins-panel';
import { PasswordPanel } from './password-panel';
import { PrivacyPanel } from './privacy-panel';
import { ProfilePanel } from './profile-panel';
import { SecondFactorPanel } from './second-factor-panel';
import { SecurityEventsPanel } from './security-events-panel';
import { SpotifyPanel } from './spotify-panel';
import { TokensPanel } from './tokens-panel';

export type SectionName = keyof typeof texts.settings.sections;

/** The settings page: its sections, each an address of its own, and their panels from top to bottom. */
export const SECTIONS: Readonly<Record<SectionName, readonly ComponentType[]>> = {
  privacy: [ProfilePanel, PrivacyPanel],
  security: [IdentitiesPanel, PasswordPanel, SecondFactorPanel, LoginsPanel, SecurityEventsPanel],
  spotify: [SpotifyPanel],
  programs: [TokensPanel],
  data: [ExportPanel, DeletionPanel],
};

export const SECTION_NAMES = Object.keys(SECTIONS) as SectionName[];

export function isSection(name: string): name is SectionName {
  return Object.hasOwn(SECTIONS, name);
}
