import type { AcceptPreview, AskedField } from '../../api/shapes.ts';
import { isTimes } from '../../components/TimesField.tsx';
import { t } from '../../i18n/index.ts';

/** Not to share a field; any other answer is the id of the item that goes out. */
export const DONT = 'dont';

/** It is given by this device once they have signed: the node cannot read it. */
export const FROM_DEVICE = 'device';

/** What has been decided so far; nothing is decided beforehand. */
export interface AcceptDraft {
  /** By property: the item to share, or DONT. */
  answers: Record<string, string>;
  /** By property: whether what I change later goes out too. */
  follows: Record<string, boolean>;
  /** By property: how often it may be opened, as typed; absent for as often as they like. */
  times: Record<string, string | undefined>;
  areConflictsAccepted: boolean;
  expectations: string;
  reviewDay: string;
}

export const UNDECIDED: AcceptDraft = {
  answers: {},
  follows: {},
  times: {},
  areConflictsAccepted: false,
  expectations: '',
  reviewDay: '',
};

/** Each reason why the offer cannot be accepted yet, in words; none when it can. */
export function stillOpen(
  preview: AcceptPreview,
  draft: AcceptDraft,
  labelOf: (property: string) => string,
): string[] {
  const open: string[] = [];
  const unanswered = preview.asks.filter(
    (field) => !field.isNever && draft.answers[field.property] === undefined,
  );
  if (unanswered.length > 0) open.push(t.accept.openAnswers(unanswered.length));
  for (const field of preview.asks) {
    if (field.required && field.isNever) open.push(t.rules.acceptNeverNeeded(labelOf(field.property)));
    else if (field.required && draft.answers[field.property] === DONT) {
      open.push(t.accept.requiredRefused(labelOf(field.property)));
    }
  }
  for (const { field } of goingOut(preview, draft)) {
    const times = draft.times[field.property];
    if (times !== undefined && !isTimes(times)) open.push(t.grants.timesWrong(labelOf(field.property)));
  }
  if (preview.conflicts.length > 0 && !draft.areConflictsAccepted) open.push(t.accept.openTerms);
  if (needsRecovery(preview, draft)) open.push(t.accept.openRecovery);
  return open;
}

interface GoingOut {
  field: AskedField;
  item: string;
}

/** The fields that go out if the offer is accepted now, each with the item it comes from. */
export function goingOut(preview: AcceptPreview, draft: AcceptDraft): GoingOut[] {
  return preview.asks.flatMap((field) => {
    const item = draft.answers[field.property];
    return field.isNever || item === undefined || item === DONT || item === FROM_DEVICE
      ? []
      : [{ field, item }];
  });
}

/** The fields that a device gives once they have signed. */
export function fromDevice(preview: AcceptPreview, draft: AcceptDraft): AskedField[] {
  return preview.asks.filter((field) => !field.isNever && draft.answers[field.property] === FROM_DEVICE);
}

/** The recovery code comes before the first disclosure, and not before there is one. */
export function needsRecovery(preview: AcceptPreview, draft: AcceptDraft): boolean {
  return preview.recovery === 'unseen' && goingOut(preview, draft).length > 0;
}
