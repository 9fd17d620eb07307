import { useParams } from '@tanstack/react-router';

import { SectionLinks } from '../components/settings/section-links';
import { isSection, SECTIONS } from '../components/settings/sections';
import classes from '../components/settings/settings.module.css';
import { texts } from '../texts';
import { PageHeader } from '../ui/page-header';
import { NotFoundPage } from './not-found-page';

const words = texts.settings;

export function SettingsPage() {
  const { section } = useParams({ from: '/member/settings/$section' });
  if (!isSection(section)) {
    return <NotFoundPage />;
  }
  const tabTitle = texts.common.pageTitle(`${words.title}: ${words.sections[section]}`);
  return (
    <>
      <PageHeader title={words.title} tabTitle={tabTitle} lead={words.lead} />
      <div className={classes.page}>
        <SectionLinks />
        <div className={classes.panels}>
          {SECTIONS[section].map((SettingsPanel, place) => (
            <SettingsPanel key={place} />
          ))}
        </div>
      </div>
    </>
  );
}
