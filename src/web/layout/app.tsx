import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { AskView } from '../ask/ask-view.tsx';
import { PreviewCard } from '../ask/preview-card.tsx';
import { messages } from '../messages/messages.ts';
import { DocumentView } from '../source/document-view.tsx';
import { closePanel, panel } from '../state/panel.ts';
import { route, type Route } from '../state/route.ts';
import { online, sidebarOpen } from '../state/settings.ts';
import { Header } from './header.tsx';
import { SidePanel } from './side-panel.tsx';
import { Sidebar } from './sidebar.tsx';

/** Views that few open come when they are opened. */
const CorpusView = later(async () => (await import('../corpus/corpus-view.tsx')).CorpusView);
const AdminView = later(async () => (await import('../admin/admin-view.tsx')).AdminView);

export function App() {
  const t = messages.value;
  const shown = route.value;
  useEffect(closePanel, [shown.view]);
  useEffect(() => {
    document.title = titleOf(shown) ?? document.title;
  }, [shown, t]);
  const layout = ['layout', sidebarOpen.value && 'with-sidebar', panel.value && 'with-panel'].filter(Boolean).join(' ');
  return (
    <>
      <a class="skip" href="#main">
        {t.skip}
      </a>
      <div class={layout}>
        <Sidebar />
        <div class="page">
          <Header />
          {!online.value && (
            <p class="offline" role="status">
              {t.problem.offline}
            </p>
          )}
          <main id="main" tabIndex={-1}>
            <Routed route={shown} />
          </main>
        </div>
        <SidePanel />
      </div>
      <PreviewCard />
    </>
  );
}

function Routed({ route: shown }: { readonly route: Route }) {
  if (shown.view === 'document') return <DocumentView id={shown.id} hash={shown.hash} />;
  if (shown.view === 'corpus') return <CorpusView />;
  if (shown.view === 'admin') return <AdminView />;
  return shown.view === 'ask' ? <AskView /> : <Nowhere />;
}

/** A document's title is known once it is read. */
function titleOf({ view }: Route): string | undefined {
  const { name, corpus, admin, problem } = messages.value;
  if (view === 'document') return undefined;
  if (view === 'ask') return name;
  return `${view === 'corpus' ? corpus.title : view === 'admin' ? admin.title : problem.nowhere} · ${name}`;
}

function Nowhere() {
  const t = messages.value.problem;
  return (
    <section class="nothing">
      <h1>{t.nowhere}</h1>
      <a href="/">{t.home}</a>
    </section>
  );
}

function later(load: () => Promise<ComponentType>): ComponentType {
  return function Later() {
    const [loaded, setLoaded] = useState<{ readonly View: ComponentType }>();
    useEffect(() => void load().then((View) => setLoaded({ View })), []);
    return loaded ? <loaded.View /> : <p class="loading">{messages.value.loading}</p>;
  };
}
