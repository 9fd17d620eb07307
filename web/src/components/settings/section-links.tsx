import { Link } from '@tanstack/react-router';

import { paths } from '../../paths';
import { texts } from '../../texts';
import { SECTION_NAMES } from './sections';
import classes from './settings.module.css';

const words = texts.settings;

/** The way from section to section; on a phone beside each other, in as many rows as it takes. */
export function SectionLinks() {
  return (
    <nav className={classes.sections} aria-label={words.sectionsLabel}>
      {SECTION_NAMES.map((section) => (
        <Link key={section} to={paths.settingsSection} params={{ section }} replace>
          {words.sections[section]}
        </Link>
      ))}
    </nav>
  );
}
