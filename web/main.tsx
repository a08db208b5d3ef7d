import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { DraftKeeper } from './api/drafts.tsx';
import { createQueryClient } from './api/queries.ts';
import { Broken } from './components/Broken.tsx';
import { claimFromAddress } from './components/frame/claim.ts';
import { OtherSideKeeper } from './components/frame/other-side.tsx';
import { Toasts } from './components/Toasts.tsx';
import { App } from './routes/App.tsx';
import './styles/index.css';

function Root() {
  const [client] = useState(createQueryClient);
  return (
    <QueryClientProvider client={client}>
      <BrowserRouter>
        <DraftKeeper>
          <OtherSideKeeper>
            <Toasts>
              <Broken>
                <App />
              </Broken>
            </Toasts>
          </OtherSideKeeper>
        </DraftKeeper>
      </BrowserRouter>
    </QueryClientProvider>
  );
}

const root = document.getElementById('root');
if (root) {
  await claimFromAddress();
  createRoot(root).render(
    <StrictMode>
      <Root />
    </StrictMode>,
  );
}
