import '@mantine/notifications/styles.layer.css';

import { Notifications } from '@mantine/notifications';

/** Where toasts appear. */
export function ToastHost() {
  return <Notifications position="bottom-right" autoClose={5000} containerWidth={360} className="toasts" />;
}
