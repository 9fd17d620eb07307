/** What a user agent says about a browser that stays the same when it is updated. */
export interface BrowserDescription {
  /** Such as `Firefox`, or the first word of what a program calls itself. */
  family: string;
  /** Such as `Windows`; empty where it is not said. */
  platform: string;
}

/** Most browsers claim to be others too: the most particular name comes first. */
const FAMILIES: ReadonlyArray<[mark: RegExp, family: string]> = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\b(OPR|Opera|OPiOS)\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\bYaBrowser\//, 'Yandex'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bVersion\/[\d.]+ .*Safari\//, 'Safari'],
];

const PLATFORMS: ReadonlyArray<[mark: RegExp, platform: string]> = [
  [/\b(iPhone|iPad|iPod)\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\b(Macintosh|Mac OS X)\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

const PROGRAM = /^[A-Za-z][\w -]{0,39}/;

/** Reads a `User-Agent` header. Versions are left out on purpose. */
export function describeBrowser(userAgent: string): BrowserDescription {
  const named = (marks: ReadonlyArray<[RegExp, string]>) => marks.find(([mark]) => mark.test(userAgent))?.[1];
  return {
    family: named(FAMILIES) ?? PROGRAM.exec(userAgent)?.[0].trim() ?? '',
    platform: named(PLATFORMS) ?? '',
  };
}

/** The same in words for people: `Firefox on Windows`. */
export function browserInWords(userAgent: string): string {
  const { family, platform } = describeBrowser(userAgent);
  const browser = family === '' ? 'Unknown browser' : family;
  return platform === '' ? browser : `${browser} on ${platform}`;
}
