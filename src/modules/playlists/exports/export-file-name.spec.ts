import { exportFileName } from './export-file-name.js';

describe('the name of an exported file', () => {
  it.each([
    ['Morning', 'Morning.csv'],
    ['Röad 🎸 優里', 'Röad 🎸 優里.csv'],
    ['../../etc/passwd', '_.._etc_passwd.csv'],
    ['AC/DC: "Best"?', 'AC_DC_ _Best__.csv'],
    ['a\u202egpj.exe', 'a_gpj.exe.csv'],
    ['CON', '_CON.csv'],
    ['nul.txt', '_nul.txt.csv'],
    ['Console', 'Console.csv'],
    ['...', 'playlist.csv'],
    ['🎸'.repeat(200), `${'🎸'.repeat(50)}.csv`],
  ])('for %j is %j', (title, name) => {
    expect(exportFileName(title, 'csv')).toBe(name);
  });
});
