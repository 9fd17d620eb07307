import { Box, Button, FormGroup, Input, Label, MessageBox, Text } from '@adminjs/design-system';
import { type ActionProps, ApiClient, useActionResponseHandler, useTranslation } from 'adminjs';
import React, { type ChangeEvent, type SyntheticEvent, useState } from 'react';

interface Field {
  name: string;
  label: string;
  choices?: readonly string[];
}

const client = new ApiClient();

/** Says what an action does, asks for what it needs, and does it: always by POST, as AdminJS's own buttons do not. */
export default function PanelActionForm({ action, record, resource }: ActionProps) {
  const { about, fields } = action.custom as { about: string; fields: readonly Field[] };
  const { translateAction } = useTranslation();
  // Says what has been done, and goes on to the row as it is now.
  const respond = useActionResponseHandler();
  const [input, setInput] = useState<Record<string, string>>(() => startOf(fields));
  const [isBusy, setIsBusy] = useState(false);
  const [done, setDone] = useState<string>();
  const [refusal, setRefusal] = useState<string>();

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    setIsBusy(true);
    setRefusal(undefined);
    try {
      const what = { resourceId: resource.id, actionName: action.name, data: input };
      const response = record
        ? await client.recordAction({ ...what, recordId: record.id })
        : await client.resourceAction(what);
      setDone((response.data as { said?: string }).said);
      respond(response);
    } catch (error) {
      setRefusal(wordsOf(error));
    } finally {
      setIsBusy(false);
    }
  };

  return (
    <Box as="form" variant="grey" onSubmit={submit} data-testid="panel-action">
      <Text mb="lg" fontWeight="bold">
        {record?.title}
      </Text>
      <Text mb="xl" lineHeight="lg">
        {about}
      </Text>
      {fields.map((field) => (
        <FieldInput
          key={field.name}
          field={field}
          value={input[field.name] ?? ''}
          onChange={(value) => {
            setInput({ ...input, [field.name]: value });
          }}
        />
      ))}
      {refusal !== undefined && <MessageBox variant="danger" message={refusal} mb="lg" role="alert" />}
      {done === undefined ? (
        <Button variant="contained" type="submit" disabled={isBusy}>
          {translateAction(action.name, resource.id)}
        </Button>
      ) : (
        <MessageBox variant="success" message={done} role="status" style={{ overflowWrap: 'anywhere' }} />
      )}
    </Box>
  );
}

function FieldInput({
  field: { name, label, choices },
  value,
  onChange,
}: {
  field: Field;
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <FormGroup>
      <Label htmlFor={name}>{label}</Label>
      {choices ? (
        <select
          id={name}
          value={value}
          style={{ padding: '8px 12px', font: 'inherit', width: '100%' }}
          onChange={(event) => {
            onChange(event.target.value);
          }}
        >
          {choices.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </select>
      ) : (
        <Input
          id={name}
          value={value}
          width={1}
          onChange={(event: ChangeEvent<HTMLInputElement>) => {
            onChange(event.currentTarget.value);
          }}
        />
      )}
    </FormGroup>
  );
}

function startOf(fields: readonly Field[]): Record<string, string> {
  return Object.fromEntries(fields.map(({ name, choices }) => [name, choices?.[0] ?? '']));
}

/** The sentence of the problem document that the panel answers with. */
function wordsOf(error: unknown): string {
  const { response } = error as { response?: { data?: { detail?: string; errors?: Array<{ message: string }> } } };
  const { detail, errors } = response?.data ?? {};
  return errors?.map(({ message }) => message).join(' ') ?? detail ?? 'The server did not answer. Try again.';
}
