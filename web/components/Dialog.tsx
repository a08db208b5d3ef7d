import type { ReactNode } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { t } from '../i18n/index.ts';
import { Button } from './Button.tsx';

export function Dialog(props: { title: string; onClose: () => void; children: ReactNode }) {
  return (
    <ModalOverlay className="veil" isOpen isDismissable onOpenChange={(isOpen) => !isOpen && props.onClose()}>
      <Modal className="dialog">
        <AriaDialog>
          <Heading slot="title" level={2}>
            {props.title}
          </Heading>
          {props.children}
          <div className="acts">
            <Button onPress={props.onClose}>{t.frame.close}</Button>
          </div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
