import { texts } from '../texts';
import { age } from '../ui/format';
import { useConnection, useLive, useRefusal, useServerSecond } from '../useLive';
import { freshnessOf } from './freshness';

/** Whether the picture is live, and how old it is: always on the screen. */
export function FreshnessPill() {
  const { devices } = useLive();
  const state = useConnection();
  const refusal = useRefusal();
  const serverNow = useServerSecond();
  const newest = serverNow === null ? Number.NaN : serverNow - devices.newestAt;
  // eslint-disable-next-line react-hooks/purity -- a monotonic reading; the ticker renders this each second
  const { look, title, detail } = freshnessOf(state, performance.now(), newest, age, refusal !== null);
  return (
    <div className={`pill pill-${look}`} data-testid="freshness" data-phase={state.phase}>
      <span className="pill-mark" aria-hidden="true" />
      <strong>{title}</strong>
      <span className="pill-detail">{detail}</span>
      <span className="visually-hidden" role="status">
        {look === 'live' ? texts.freshness.spokenLive : texts.freshness.spokenNot(state.phase)}
      </span>
    </div>
  );
}
