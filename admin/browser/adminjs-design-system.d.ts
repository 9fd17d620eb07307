// The parts of AdminJS's design system that are used here. It lies inside AdminJS, where the compiler does not look.
declare module '@adminjs/design-system' {
  import type { ComponentType, PropsWithChildren } from 'react';

  type Part = ComponentType<PropsWithChildren<Record<string, unknown>>>;

  export const Box: Part;
  export const Button: Part;
  export const FormGroup: Part;
  export const H3: Part;
  export const H5: Part;
  export const Input: Part;
  export const Label: Part;
  export const MessageBox: Part;
  export const Text: Part;
}
