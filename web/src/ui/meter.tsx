import classes from './meter.module.css';

interface Props {
  value: number;
  max: number;
  label: string;
  /** Nothing is left of it. */
  isFull?: boolean;
}

/** How much of something is used. */
export function Meter({ value, max, label, isFull = false }: Props) {
  return (
    <meter
      className={classes.meter}
      min={0}
      max={Math.max(1, max)}
      value={value}
      aria-label={label}
      data-full={isFull || undefined}
    />
  );
}
