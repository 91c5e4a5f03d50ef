/** Servers on this computer: looked for when a person presses the button, and at no other time. */
import { Search } from 'lucide-react';
import { useState } from 'react';
import type { LocalServer } from '../../routing/job.ts';
import { t, tell } from '../../words/t.ts';
import { useApp } from '../app-context.ts';
import './find-servers.css';

export function FindServers() {
  const { commands } = useApp();
  const [servers, setServers] = useState<readonly LocalServer[] | 'no gateway'>();
  /** Where one answered when it was looked for earlier. */
  const [seen, setSeen] = useState<readonly string[]>([]);
  const [isBusy, setBusy] = useState(false);
  const find = async () => {
    setBusy(true);
    if (Array.isArray(servers)) setSeen(answering(servers).map(({ address }) => address));
    setServers((await commands.findServers()) ?? 'no gateway');
    setBusy(false);
  };
  const use = async ({ provider, address }: LocalServer) => {
    setBusy(true);
    await commands.useServer(provider, address);
    await find();
  };
  return (
    <div className="find-servers" aria-busy={isBusy}>
      {/* Not disabled meanwhile: it would lose the focus. */}
      <button className="button" type="button" aria-disabled={isBusy} onClick={() => void (isBusy || find())}>
        <Search size={14} aria-hidden /> {t('Find local servers')}
      </button>
      <div role="status" aria-label={t('Local servers')}>
        {isBusy && !servers && <p className="muted">{t('Looking…')}</p>}
        {servers === 'no gateway' && <p>{t('The local server of Triptych does not answer.')}</p>}
        {Array.isArray(servers) && (
          <Found servers={servers} seen={seen} isBusy={isBusy} onUse={(server) => void use(server)} />
        )}
      </div>
    </div>
  );
}

function Found({
  servers,
  seen,
  isBusy,
  onUse,
}: {
  readonly servers: readonly LocalServer[];
  readonly seen: readonly string[];
  readonly isBusy: boolean;
  readonly onUse: (server: LocalServer) => void;
}) {
  const there = answering(servers);
  const silent = servers.filter(({ answers }) => !answers);
  const gone = silent.filter(({ address }) => seen.includes(address));
  const named = silent.filter(({ setBy }) => setBy !== undefined);
  return (
    <>
      <ul>
        {there.map((server) => (
          <li key={`${server.provider} ${server.address}`}>
            <span>
              {t('There is {0} at {1}.', server.name, hostOf(server))} {server.remark && tell(server.remark)}
            </span>
            {server.isUsed ? (
              <span className="badge badge--good">{t('in use')}</span>
            ) : (
              <button className="button" type="button" disabled={isBusy} onClick={() => onUse(server)}>
                {t('Use it')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {there.length === 0 && (
        <p>
          {t('Nothing answers at {0}.', silent.map(hostOf).join(', '))}{' '}
          {t('Start ComfyUI, or the web UI of Stable Diffusion with --api, and look again.')}
        </p>
      )}
      {there.length > 0 &&
        gone.map((server) => (
          <p key={server.address}>{t('{0} does not answer at {1} any more.', server.name, hostOf(server))}</p>
        ))}
      {named.map((server) => (
        <p key={server.provider} className="muted">
          {t('Because of {0}, looked for in one place only: {1} ({2}).', server.setBy!, server.name, hostOf(server))}
        </p>
      ))}
    </>
  );
}

const answering = (servers: readonly LocalServer[]): readonly LocalServer[] => servers.filter(({ answers }) => answers);
const hostOf = ({ address }: LocalServer): string => address.replace(/^https?:\/\//, '');
