import { type Operation, partyOperation } from '../kernel/operation.ts';
import { nothing } from '../kernel/schema.ts';
import type { RelationshipDeps } from '../relationships/index.ts';
import { AnswerRelease, answerRelease, ReleaseAnswered } from './answer-release.ts';
import { ListReleases, listReleases, ReleaseList } from './list-releases.ts';
import { listRules, RuleList } from './list-rules-and-never.ts';
import { PreviewRule, previewRule, RulePreview } from './preview-rule.ts';
import { PutAnswer, PutRule, putRule } from './put-rule.ts';
import { RemovedRule, RemoveRule, removeRule } from './remove-rule.ts';
import { RestoredRule, RestoreRule, restoreRule } from './restore-rule.ts';
import { NeverSet, SetNever, setNever } from './set-never.ts';
import { ShowNext, showNext, WhatNext } from './show-next.ts';
import { SwitchedRule, SwitchRule, switchRule } from './switch-rule.ts';
import { RuleTrial, TryRule, tryRule } from './try-rule.ts';

const room = 'tiers';

export const operations: readonly Operation<RelationshipDeps>[] = [
  partyOperation({
    name: 'list-rules',
    room,
    summary: 'Your rules for what you give as trust grows, and what you never give.',
    effect: 'reads',
    input: nothing,
    output: RuleList,
    run: listRules,
  }),
  partyOperation({
    name: 'put-rule',
    room,
    summary: 'Write a rule, or one anew; it gives nothing until you switch it on.',
    effect: 'writes',
    input: PutRule,
    output: PutAnswer,
    run: putRule,
  }),
  partyOperation({
    name: 'preview-rule',
    room,
    summary: 'See what a rule would give now, and to whom, before it acts; also one that is not saved.',
    effect: 'reads',
    input: PreviewRule,
    output: RulePreview,
    run: previewRule,
  }),
  partyOperation({
    name: 'try-rule',
    room,
    summary: 'See what a rule would have given in the relationships that you have and had, and when.',
    effect: 'reads',
    input: TryRule,
    output: RuleTrial,
    run: tryRule,
  }),
  partyOperation({
    name: 'switch-rule',
    room,
    summary: 'Let a rule give by itself once you have seen what it would give, or stop it.',
    effect: 'discloses',
    input: SwitchRule,
    output: SwitchedRule,
    run: switchRule,
  }),
  partyOperation({
    name: 'remove-rule',
    room,
    summary: 'Take a rule away; for 30 days it can be brought back.',
    effect: 'writes',
    input: RemoveRule,
    output: RemovedRule,
    run: removeRule,
  }),
  partyOperation({
    name: 'restore-rule',
    room,
    summary: 'Bring back a rule that was removed; it is off, unless it was removed just now.',
    effect: 'discloses',
    input: RestoreRule,
    output: RestoredRule,
    run: restoreRule,
  }),
  partyOperation({
    name: 'set-never',
    room,
    summary: 'Say what you never give, whatever a rule says.',
    effect: 'writes',
    input: SetNever,
    output: NeverSet,
    run: setNever,
  }),
  partyOperation({
    name: 'list-releases',
    room,
    summary: 'What your rules gave, what waits for your word, and why, newest first.',
    effect: 'reads',
    input: ListReleases,
    output: ReleaseList,
    run: listReleases,
  }),
  partyOperation({
    name: 'answer-release',
    room,
    summary: 'Give what a rule asks you about, or decline to.',
    effect: 'discloses',
    input: AnswerRelease,
    output: ReleaseAnswered,
    run: answerRelease,
  }),
  partyOperation({
    name: 'show-next',
    room,
    summary:
      'What the other side of a relationship would get next by your rules, and what is missing for it.',
    effect: 'reads',
    input: ShowNext,
    output: WhatNext,
    run: showNext,
  }),
];
