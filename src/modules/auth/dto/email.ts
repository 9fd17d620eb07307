import { z } from 'zod';

export const email = z.string().trim().max(254).pipe(z.email('Must be an e-mail address.'));
