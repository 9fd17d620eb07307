import { Group, Pagination, Text } from '@mantine/core';

interface Props {
  page: number;
  pageSize: number;
  total: number;
  onChange: (page: number) => void;
  words: {
    pages: string;
    next: string;
    previous: string;
    page: (page: number) => string;
    range: (from: number, to: number, total: number) => string;
  };
}

/** Which rows of how many are shown, and the way to the others. */
export function Pager({ page, pageSize, total, onChange, words }: Props) {
  const pageCount = Math.ceil(total / pageSize);
  if (total === 0 || page > pageCount) {
    return null;
  }
  const range = words.range((page - 1) * pageSize + 1, Math.min(page * pageSize, total), total);
  return (
    <Group justify="space-between" mt="md" component="nav" aria-label={words.pages}>
      <Text size="sm" c="dimmed" role="status">
        {range}
      </Text>
      {pageCount > 1 && (
        <Pagination
          total={pageCount}
          value={page}
          onChange={onChange}
          size="sm"
          siblings={1}
          getItemProps={(item) => ({ 'aria-label': words.page(item) })}
          getControlProps={(control) => ({ 'aria-label': control === 'next' ? words.next : words.previous })}
        />
      )}
    </Group>
  );
}
