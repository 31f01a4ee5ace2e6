import { texts } from '../texts';
import { useConnection, useLive, useRefusal } from '../useLive';
import { isVouched, noticeOf } from './freshness';

/** What a dispatcher must know beyond the pill: a part that is down, or a refusal that stands. */
export function Notices() {
  const state = useConnection();
  const { connection } = useLive();
  const refusal = useRefusal();
  const notice = noticeOf(state);
  if (state.phase === 'closed') {
    return (
      <div className="notice notice-loud" role="alert">
        <span>{texts.freshness.ended(state.why)}</span>
        <button type="button" onClick={() => { connection.start(); }}>
          {texts.freshness.again}
        </button>
      </div>
    );
  }
  if (refusal !== null) {
    return (
      <div className="notice notice-loud" role="alert">
        <span>{refusal}</span>
      </div>
    );
  }
  if (!isVouched(state) && state.phase !== 'connecting') {
    return (
      <div className="notice notice-late" role="note">
        {texts.freshness.lastSeen}
      </div>
    );
  }
  return notice === null ? null : (
    <div className="notice" role="note">
      {notice}
    </div>
  );
}
