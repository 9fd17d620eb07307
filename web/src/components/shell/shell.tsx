import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

import { paths } from '../../paths';
import { texts } from '../../texts';
import { HaltBanner } from './halt-banner';
import { SandboxBanner } from './sandbox-banner';
import classes from './shell.module.css';

interface Props {
  /** What only someone who is signed in has: the way to the other pages, and news. */
  member?: { bar: ReactNode; notice: ReactNode };
  children: ReactNode;
}

/** What is around every page. */
export function Shell({ member, children }: Props) {
  return (
    <>
      <a href="#content" className={classes.skip}>
        {texts.shell.skipToContent}
      </a>
      <SandboxBanner isSignedIn={member !== undefined} />
      <HaltBanner />
      <header className={classes.header}>
        <div className={classes.bar}>
          <Link to={member ? paths.home : paths.signIn} className={classes.brand}>
            <img src="/icon.svg" alt="" />
            {texts.common.productName}
          </Link>
          {member?.bar}
        </div>
      </header>
      {member?.notice}
      <main id="content" tabIndex={-1} className={classes.content}>
        {children}
      </main>
    </>
  );
}
