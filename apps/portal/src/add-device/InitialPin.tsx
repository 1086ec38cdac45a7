import type { IssuanceOptions } from '@cardwright/contract'
import type { PinRules } from '@cardwright/core/pin-rules'
import { Group, Stack, Text } from '@mantine/core'
import { Panel } from '../parts/Panel.tsx'
import { PinFields } from '../pin/PinFields.tsx'
import { PinRulesButton } from '../pin/PinRulesButton.tsx'
import { t } from '../texts/t.ts'
import { asksForPin, type Configuration } from './configuration.ts'
import { deliveryTexts } from './delivery-texts.ts'

type Props = {
  readonly mode: IssuanceOptions['pin']
  readonly rules: PinRules
  readonly userName: string
  readonly configuration: Configuration
  readonly onChange: (configuration: Configuration) => void
}

/** The initial PIN as the security settings have it: visible once, masked twice, or not asked for (I-5 … I-9). */
export const InitialPin = ({ mode, rules, userName, configuration, onChange }: Props) => {
  const asked = asksForPin(mode, configuration.action)
  return (
    <Panel title={t('addDevice.pin')}>
      <Stack gap="sm">
        {asked ? (
          <PinFields
            label={t('addDevice.initialPin')}
            again={t('addDevice.initialPinAgain')}
            rules={rules}
            masked={mode.displayMode === 'DISGUISED'}
            pin={configuration.pin}
            repeated={configuration.repeated}
            onPin={pin => onChange({ ...configuration, pin })}
            onRepeated={repeated => onChange({ ...configuration, repeated })}
          />
        ) : (
          <Group gap={4}>
            <Text size="sm">
              {mode.changeDuringIssuance
                ? t('addDevice.pinAtEnd', { user: userName })
                : t(mode.delivery.pin ? 'addDevice.pinDelivered' : 'addDevice.pinRandom')}
            </Text>
            <PinRulesButton rules={rules} />
          </Group>
        )}
        {asked && mode.displayMode === 'DISPLAYED' && (
          <Text size="sm" c="dimmed">
            {t('addDevice.pinVisible')}
          </Text>
        )}
        {asked && mode.changeDuringIssuance && (
          <Text size="sm" c="dimmed">
            {t('addDevice.pinAtEnd', { user: userName })}
          </Text>
        )}
        <Text size="sm" c="dimmed">
          {deliveryTexts(mode, userName).join(' ')}
        </Text>
      </Stack>
    </Panel>
  )
}
