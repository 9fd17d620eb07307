import { Anchor, Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentProps } from 'react';

type LookOfButton = ButtonProps & Omit<ComponentProps<'a'>, keyof ButtonProps>;

/** Mantine's look, the router's way: typed addresses, and the page fetched before the click. */
export const ButtonLink = createLink((props: LookOfButton) => <Button component="a" {...props} />);
export const TextLink = createLink(Anchor<'a'>);
