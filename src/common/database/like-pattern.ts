/** A percent sign that someone searches for is a percent sign in `like`, not "anything". */
export function literally(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
