import { useState } from 'react';
import { Link } from 'react-router';
import { useAct, useAsk } from '../../api/queries.ts';
import type { AskedField } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { Check, Choices, Either } from '../../components/Choices.tsx';
import { AreaField, TextField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { usePropertyLabel } from '../../components/property-label.ts';
import { TimesField } from '../../components/TimesField.tsx';
import { formatDay } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';
import { useSealed } from '../../sealed/use-sealed.ts';
import { DONT, FROM_DEVICE } from './accept-draft.ts';
import { SealedAnswer } from './SealedAnswer.tsx';

interface RowProps {
  field: AskedField;
  to: string;
  answer: string | null;
  onAnswer: (answer: string) => void;
  follows: boolean;
  onFollows: (follows: boolean) => void;
  times: string | undefined;
  onTimes: (times: string | undefined) => void;
}

/** One field of mine: its very value, to whom, for what, until when, and answers of the same size. */
export function DisclosureRow(props: RowProps) {
  const { field, answer } = props;
  const label = usePropertyLabel()(field.property);
  return (
    <div className="disclosure" data-property={field.property}>
      <Answer {...props} label={label} />
      <p className="hint">
        {t.accept.fieldLine(
          props.to,
          field.purpose,
          formatDay(field.until),
          field.required ? t.accept.required : t.accept.wished,
        )}
      </p>
      {answer === null || answer === DONT || answer === FROM_DEVICE ? null : (
        <>
          <Check
            label={t.grants.followsAsk}
            about={t.grants.followsHint}
            value={props.follows}
            onChange={props.onFollows}
          />
          <TimesField about={t.grants.timesHint} value={props.times} onChange={props.onTimes} />
        </>
      )}
      {field.required && answer === DONT ? <p className="wrong">{t.accept.requiredRefused(label)}</p> : null}
    </div>
  );
}

function Answer(props: RowProps & { label: string }) {
  const { field, label, answer, onAnswer } = props;
  const [only, second] = field.items;
  if (field.isNever) return <NeverGiven {...props} />;
  if (!only) return <NothingToGive {...props} />;
  if (second) {
    return (
      <Choices
        label={t.accept.shareWhich(label)}
        value={answer}
        onChange={onAnswer}
        choices={[
          ...field.items.map((item) => ({
            value: item.item,
            label: `${t.accept.share}: ${item.value}`,
            about: item.label,
          })),
          { value: DONT, label: t.accept.dontShare },
        ]}
      />
    );
  }
  return (
    <>
      <div>
        <span className="label">{label}</span>
        <p className="disclosure-value">{only.value}</p>
      </div>
      <Either
        label={t.accept.shareWhich(label)}
        value={answer}
        choices={[
          { value: only.item, label: t.accept.share },
          { value: DONT, label: t.accept.dontShare },
        ]}
        onChange={onAnswer}
      />
    </>
  );
}

/** Refused before it is asked: it is on the list of what I never give. */
function NeverGiven({ label }: { label: string }) {
  return (
    <div>
      <span className="label">{label}</span>
      <p>
        {t.rules.acceptNever} <Link to="/data/rules">{t.rules.seeRules}</Link>
      </p>
    </div>
  );
}

/** Nothing that the node could give: not written down yet, or kept for my devices only. */
function NothingToGive(props: RowProps & { label: string }) {
  const { closed } = useSealed();
  const known = useAsk('list-properties', {}).data?.rows.find((one) => one.property === props.field.property);
  if (!known || !closed.includes(known.category)) return <WriteItem {...props} />;
  const { answer, onAnswer, label } = props;
  const kind = t.keeping.kinds[known.category];
  return <SealedAnswer property={known.property} {...{ kind, label, answer, onAnswer }} />;
}

/** A field they ask for that I have not written down yet. */
function WriteItem({ field, label, answer, onAnswer }: RowProps & { label: string }) {
  const put = useAct('put-item');
  const known = useAsk('list-properties', {}).data?.rows.find((one) => one.property === field.property);
  const isLong = known?.kind === 'address' || known?.kind === 'long';
  const [value, setValue] = useState('');
  return (
    <div className="stack">
      <p className="hint">{t.accept.missing}</p>
      <Form
        failure={put.failure}
        onSubmit={() => void put.run({ property: field.property, value })}
        acts={
          <>
            <Button type="submit" isBusy={put.isBusy} isOff={value.trim() === ''}>
              {t.accept.keepInData}
            </Button>
            <Button onPress={() => onAnswer(DONT)} isOff={answer === DONT}>
              {answer === DONT ? t.accept.notShared : t.accept.dontShare}
            </Button>
          </>
        }
      >
        {isLong ? (
          <AreaField name="value" label={label} value={value} onChange={setValue} rows={3} />
        ) : (
          <TextField name="value" label={label} value={value} onChange={setValue} />
        )}
      </Form>
    </div>
  );
}
