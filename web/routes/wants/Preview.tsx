import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useAct, useAsk } from '../../api/queries.ts';
import type { CastChoice, CastPreview, IntentFields } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { Check, Choices } from '../../components/Choices.tsx';
import { Sample } from '../../components/figures.tsx';
import { Problem } from '../../components/Problem.tsx';
import { marketLabel, Reached } from '../../components/Reached.tsx';
import { SelectField } from '../../components/Select.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { formatDate } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';
import { SeenTable } from './SeenTable.tsx';

type IfBelow = 'hold' | 'widen' | 'let-go';

/** Exactly what the market will see, how many people could have said it, and the act of casting. */
export function Preview(props: { fields: IntentFields; onDone: () => void }) {
  const markets = useAsk('list-markets', {});
  const [chosen, choose] = useState('');
  const market = chosen || usualMarket(markets.data?.rows ?? []);
  const preview = useAsk(
    'preview-cast',
    { fields: props.fields, ...(market ? { market } : {}) },
    { keep: true, off: !markets.data },
  );
  const rows = markets.data?.rows ?? [];
  return (
    <div className="stack" data-wide>
      <Problem failure={markets.failure ?? preview.failure} again={preview.again} />
      {rows.length > 1 ? (
        <div className="form">
          <SelectField
            label={t.wants.askAt}
            value={market ?? ''}
            onChange={choose}
            options={rows.map((row) => ({
              value: row.id,
              label: marketLabel(row),
            }))}
          />
        </div>
      ) : null}
      {preview.data ? <Chosen key={preview.data.market.id} {...props} preview={preview.data} /> : null}
    </div>
  );
}

/** Who has loaded the sample market wants to try it; else the first market there is. */
function usualMarket(markets: readonly { id: string; isSample: boolean }[]): string | undefined {
  return (markets.find((market) => market.isSample) ?? markets[0])?.id;
}

function Chosen(props: { fields: IntentFields; preview: CastPreview; onDone: () => void }) {
  const { preview } = props;
  const [picked, pick] = useState<string>();
  const [ifBelow, setIfBelow] = useState<IfBelow>();
  const [mayBeAlone, setMayBeAlone] = useState(false);
  const cast = useCast(props);
  const choice =
    preview.choices.find((one) => one.cell.id === picked) ??
    preview.choices[preview.recommended] ??
    preview.choices[0];
  if (!choice) return null;
  const mustDecide = choice.isBelow && !choice.isOpen;
  return (
    <div className="stack" data-wide>
      {preview.market.isHere ? null : <Reached market={preview.market} />}
      <p>
        {t.wants.previewLead(preview.market.name)} <Sample is={preview.market.isSample} />
      </p>
      <div className="two">
        <SeenTable lines={choice.lines} />
        <div className="stack" data-wide>
          <Confused choice={choice} preview={preview} />
          {preview.choices.length > 1 ? (
            <Choices
              label={t.wants.levels}
              value={choice.cell.id}
              onChange={pick}
              choices={preview.choices.map((one, at) => ({
                value: one.cell.id,
                label:
                  at === preview.recommended
                    ? `${t.wants.level(at)} (${t.wants.recommended})`
                    : t.wants.level(at),
                about: levelLine(one),
              }))}
            />
          ) : null}
        </div>
      </div>
      {choice.isOpen ? <Alone value={mayBeAlone} onChange={setMayBeAlone} /> : null}
      {mustDecide ? (
        <Below
          text={
            choice.atLeast === null ? t.wants.belowUnknown(preview.smallest) : t.wants.below(preview.smallest)
          }
          value={ifBelow}
          onChange={setIfBelow}
        />
      ) : null}
      <Problem failure={cast.failure} />
      <div className="acts">
        <Button
          kind="act"
          isBusy={cast.isBusy}
          isOff={mustDecide ? ifBelow === undefined : choice.isOpen && !mayBeAlone}
          onPress={() => void cast.run(choice, mustDecide ? (ifBelow ?? 'hold') : 'hold')}
        >
          {buttonWord(mustDecide ? ifBelow : undefined)}
        </Button>
        <span className="hint">{t.wants.castEffect}</span>
      </div>
    </div>
  );
}

function buttonWord(ifBelow: IfBelow | undefined): string {
  if (ifBelow === undefined || ifBelow === 'widen') return t.wants.cast;
  return ifBelow === 'hold' ? t.wants.hold : t.wants.letGo;
}

function levelLine(choice: CastChoice): string {
  const count =
    choice.atLeast === null ? t.wants.confusedUnknown : t.wants.confused(choice.atLeast, choice.unitOfCount);
  const lost = choice.lost === '' ? t.wants.givenNothing : `${t.wants.given}${choice.lost}`;
  return `${count} ${lost}`;
}

function useCast(props: { fields: IntentFields; preview: CastPreview; onDone: () => void }) {
  const cast = useAct('cast-intent');
  const navigate = useNavigate();
  const say = useSay();
  const run = async (choice: CastChoice, ifBelow: IfBelow) => {
    const intent = await cast.run({
      fields: props.fields,
      market: props.preview.market.id,
      choice: choice.cell.id,
      ifBelow,
    });
    if (!intent) return;
    props.onDone();
    say({ text: t.wants.happened[intent.happened] });
    navigate(intent.happened === 'let-go' ? '/wants' : `/wants/${intent.id}`);
  };
  return { run, failure: cast.failure, isBusy: cast.isBusy };
}

function Confused({ choice, preview }: { choice: CastChoice; preview: CastPreview }) {
  return (
    <div className="confused">
      <p className="confused-line">
        {choice.atLeast === null
          ? t.wants.confusedUnknown
          : t.wants.confused(choice.atLeast, choice.unitOfCount)}
      </p>
      <p className="hint">
        {preview.epoch === '' ? '' : t.wants.countedHow(formatDate(preview.epoch), preview.market.name)}{' '}
        {preview.isTableOnItsWay ? t.wants.tableComing : ''} {t.wants.sharedFilter}
      </p>
    </div>
  );
}

/** The widest level of a new market: no crowd can begin unless somebody is its first. */
function Alone(props: { value: boolean; onChange: (value: boolean) => void }) {
  return (
    <div className="problem">
      <Check
        label={t.wants.aloneYes}
        about={t.wants.aloneAbout}
        value={props.value}
        onChange={props.onChange}
      />
    </div>
  );
}

function Below(props: { text: string; value: IfBelow | undefined; onChange: (value: IfBelow) => void }) {
  return (
    <div className="problem">
      <p>{props.text}</p>
      <Choices
        label={props.text}
        isHiddenLabel
        value={props.value ?? null}
        onChange={(value) => props.onChange(value as IfBelow)} // the three values below
        choices={[
          { value: 'hold', label: t.wants.hold, about: t.wants.holdAbout },
          { value: 'widen', label: t.wants.widen, about: t.wants.widenAbout },
          { value: 'let-go', label: t.wants.letGo, about: t.wants.letGoAbout },
        ]}
      />
    </div>
  );
}
