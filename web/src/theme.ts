import { createTheme } from '@mantine/core';

export const theme = createTheme({
  primaryColor: 'violet',
  respectReducedMotion: true,
  cursorType: 'pointer',
  defaultRadius: 'md',
  components: { Modal: { defaultProps: { lockScroll: false } } },
});
