/** A table that can be pasted into bench/README.md. */
export function printTable(rows) {
  const lines = rows.map(
    ({ figure, value, limit = '', detail = '' }) => `| ${figure} | ${value} | ${limit} | ${detail} |`,
  );
  process.stdout.write(
    ['', '| figure | value | against its limit | detail |', '|---|---|---|---|', ...lines, ''].join('\n'),
  );
}
