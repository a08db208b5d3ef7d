/** A bug that somebody could have written: one exact text of one file, and what stands in its place. */
export interface Bug {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  readonly instead: string;
}

export const BUGS: readonly Bug[] = [
  {
    name: 'skipped-dedupe',
    file: 'src/delivery/receive.ts',
    text: 'const before = await storedReceipt(tx, envelope);',
    instead: 'const before = (await storedReceipt(tx, envelope)) && undefined;',
  },
  {
    name: 'receipt-made-anew',
    file: 'src/delivery/receive.ts',
    text: 'if (before?.path === envelope.to) return before.receipt;',
    instead:
      "if (before) return receiptOctets({ v: 1, id: envelope.id, result: 'acted', at: deps.clock.now() });",
  },
  {
    name: 'told-before-commit',
    file: 'src/storage/sqlite-engine.ts',
    text: "    await atStep('commit');\n",
    instead: "    for (const settle of settled) settle();\n    await atStep('commit');\n",
  },
  {
    name: 'retry-lost-after-crash',
    file: 'src/kernel/rounds.ts',
    text: '  tick();\n  return {',
    instead: '  return {',
  },
  {
    name: 'wrong-prev',
    file: 'src/relationships/chain.ts',
    text: 'prev: ends.mine,',
    instead: 'prev: ends.theirs ?? ends.mine,',
  },
  {
    name: 'wrong-seen',
    file: 'src/relationships/chain.ts',
    text: 'seen: ends.theirs,',
    instead: 'seen: null,',
  },
  {
    name: 'head-read-outside',
    file: 'src/relationships/chain.ts',
    text: 'await endsOf(tx, rel, mine, other.id);',
    instead: 'await deps.storage.read((view) => endsOf({ ...tx, db: view.db }, rel, mine, other.id));',
  },
  {
    name: 'stop-not-passed-on',
    file: 'src/grants/read-stops.ts',
    text: "await stop(tx, deps, row, { at, by: isMine ? 'mine' : 'theirs', record });",
    instead: "if (isMine) await stop(tx, deps, row, { at, by: 'mine', record });",
  },
  {
    name: 'end-keeps-values',
    file: 'src/grants/read-stops.ts',
    text: 'await stopAll(tx, deps, relationship, how);',
    instead: 'if (isMine) await stopAll(tx, deps, relationship, how);',
  },
  {
    name: 'opening-not-told',
    file: 'src/grants/read-receipts.ts',
    text: 'opens: row.opens + Math.min(content.count,',
    instead: 'opens: row.opens + Math.min(isMine ? content.count : 0,',
  },
  {
    name: 'refusal-keeps-writes',
    file: 'src/storage/sqlite-engine.ts',
    text: 'if (rehearsal || isFailure(value)) undo();',
    instead: 'if (rehearsal) undo();',
  },
  {
    name: 'receipt-of-another',
    file: 'src/delivery/note-answers.ts',
    text: 'receipt?.id === id',
    instead: 'receipt !== undefined',
  },
  {
    name: 'forged-receipt-taken',
    file: 'src/delivery/answer-lines.ts',
    text: 'return holds ? ok(payload) : malformed();',
    instead: 'return holds !== null ? ok(payload) : malformed();',
  },
  {
    name: 'full-disk-drops',
    file: 'src/delivery/take-lane.ts',
    text: 'await takeAll(deps, handlers, home, lane, signedBy);',
    instead:
      "await takeAll(deps, handlers, home, lane, signedBy).catch(() => lane.map((it) => ok(refusedNow(deps, it, 'disk-full'))));",
  },
  {
    name: 'sold-twice',
    file: 'src/desk/reserve-offer.ts',
    text: 'if (!item || item.stock - item.held + mine < wanted.quantity) return gone();',
    instead: 'if (!item) return gone();',
  },
  {
    name: 'sender-not-checked',
    file: 'src/delivery/receive.ts',
    text: '      return refusal(FOREIGN);\n',
    instead: '      undefined;\n',
  },
  {
    name: 'effect-outside',
    file: 'src/desk/reserve-offer.ts',
    text: '  await updateItem(tx, item, { taken: item.taken + wanted.quantity });\n',
    instead:
      '  void deps.storage.transact(tx.home, (own) => updateItem(own, item, { taken: item.taken + wanted.quantity }));\n',
  },
  {
    name: 'market-forgotten',
    file: 'src/market/ensure-market.ts',
    text: '      if (known.home.startsWith(REMOTE)) continue;\n',
    instead: '',
  },
  {
    name: 'lane-order-lost',
    file: 'src/delivery/lanes.ts',
    text: "  return earlier && (earlier.state === 'dead' ? UNTIL_DECIDED : earlier.next_at);",
    instead: '  return earlier && undefined;',
  },
  {
    name: 'pause-of-the-wrong-side',
    file: 'src/relationships/rules.ts',
    text: 'const [side, other] = isMine ?',
    instead: 'const [side, other] = !isMine ?',
  },
];
