import { t } from '../../i18n/index.ts';
import { Dialog } from '../Dialog.tsx';
import { Facts } from '../Facts.tsx';

export default function KeysDialog({ close }: { close: () => void }) {
  return (
    <Dialog title={t.frame.keys.title} onClose={close}>
      <p className="soft">{t.frame.keys.about}</p>
      <Facts facts={t.frame.keys.rows.map(([key = '', what = '']) => [what, <kbd key={key}>{key}</kbd>])} />
    </Dialog>
  );
}
