import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { disableSecondFactor, renewRecoveryCodes } from '../../api/actions';
import type { SecondFactor } from '../../api/models';
import { secondFactorQuery } from '../../api/queries';
import { texts } from '../../texts';
import { formatDay } from '../../ui/format';
import { LineSkeletons } from '../../ui/line-skeletons';
import { Panel } from '../../ui/panel';
import { Loaded } from '../loaded';
import { toastDone } from '../toasts';
import { CodeDialog } from './code-dialog';
import { RecoveryCodes } from './recovery-codes';
import { SecondFactorSetup } from './second-factor-setup';

const words = texts.secondFactor;
const FEW_CODES = 3;

/** A code besides the password: setting it up, what is left for a lost phone, switching it off. */
export function SecondFactorPanel() {
  const query = useQuery(secondFactorQuery);
  const queryClient = useQueryClient();
  const [freshCodes, setFreshCodes] = useState<readonly string[] | null>(null);
  const showCodes = (codes: readonly string[]) => {
    setFreshCodes(codes);
    void queryClient.invalidateQueries();
  };
  return (
    <Panel title={words.title} lead={words.lead}>
      <Loaded query={query} skeleton={<LineSkeletons count={2} label={texts.common.loading} />}>
        {(standing) => {
          if (freshCodes) {
            return (
              <RecoveryCodes
                codes={freshCodes}
                onKept={() => {
                  setFreshCodes(null);
                }}
              />
            );
          }
          return standing.isOn ? (
            <SwitchedOn standing={standing} onFreshCodes={showCodes} />
          ) : (
            <SwitchedOff isRequired={standing.isRequired} onFreshCodes={showCodes} />
          );
        }}
      </Loaded>
    </Panel>
  );
}

interface FreshCodes {
  onFreshCodes: (codes: readonly string[]) => void;
}

function SwitchedOff({ isRequired, onFreshCodes }: FreshCodes & { isRequired: boolean }) {
  return (
    <Stack>
      {isRequired && (
        <Alert color="yellow" variant="light" title={words.requiredTitle}>
          {words.required}
        </Alert>
      )}
      <Text size="sm">{words.off}</Text>
      <SecondFactorSetup onDone={onFreshCodes} />
    </Stack>
  );
}

function SwitchedOn({ standing, onFreshCodes }: FreshCodes & { standing: SecondFactor }) {
  const [asked, setAsked] = useState<'renew' | 'disable' | null>(null);
  const close = () => {
    setAsked(null);
  };
  return (
    <Stack>
      <Text size="sm">{words.on(formatDay(standing.enabledAt ?? ''))}</Text>
      <Text size="sm" {...(standing.recoveryCodesLeft < FEW_CODES && { c: 'orange' })}>
        {words.codesLeft(standing.recoveryCodesLeft)} {standing.recoveryCodesLeft < FEW_CODES && words.codesFew}
      </Text>
      <Group>
        <Button
          variant="default"
          onClick={() => {
            setAsked('renew');
          }}
        >
          {words.renew}
        </Button>
        <Button
          variant="subtle"
          color="red"
          onClick={() => {
            setAsked('disable');
          }}
        >
          {words.disable}
        </Button>
      </Group>
      <CodeDialog
        isOpen={asked === 'renew'}
        onClose={close}
        title={words.renewTitle}
        text={words.renewText}
        submitLabel={words.renew}
        act={renewRecoveryCodes}
        onDone={({ recoveryCodes }) => {
          onFreshCodes(recoveryCodes);
        }}
      />
      <CodeDialog
        isOpen={asked === 'disable'}
        onClose={close}
        title={words.disableTitle}
        text={standing.isRequired ? `${words.disableText} ${words.disableRequired}` : words.disableText}
        submitLabel={words.disable}
        act={disableSecondFactor}
        onDone={() => {
          toastDone(words.disabled);
        }}
      />
    </Stack>
  );
}
