import type { ReactNode } from 'react';

import classes from './fact-list.module.css';

interface Fact {
  label: string;
  value: ReactNode;
  hint?: string;
}

/** Names and values, side by side as space allows. */
export function FactList({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(({ label, value, hint }) => (
        <div key={label} className={classes.fact} title={hint}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
