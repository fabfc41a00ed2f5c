// Keeps in this browser alone when the page was last looked at, and tells the page when the visit before this one ended.
// A visit ends when nobody has looked at the page for a while: loading it again, or in a second tab, is the same visit.
// Streamlit calls the default function again with every draw.

const KEY = "mereda-visit";
const BEAT_MS = 60_000;

function noted(pauseMs) {
  const now = Date.now();
  let kept = null;
  try {
    kept = JSON.parse(window.localStorage.getItem(KEY));
  } catch {
    kept = null; // written by something else
  }
  const isKnown = kept !== null && Number.isFinite(kept.seen) && kept.seen <= now;
  let since = isKnown && Number.isFinite(kept.since) ? kept.since : null;
  if (isKnown && now - kept.seen > pauseMs) since = kept.seen;
  window.localStorage.setItem(KEY, JSON.stringify({ since, seen: now }));
  return since === null ? "first" : new Date(since).toISOString();
}

export default function (component) {
  const { data, parentElement, setStateValue } = component;
  let told = data.told;
  const look = () => {
    if (document.visibilityState !== "visible") return;
    let said = "unknown"; // this browser keeps nothing
    try {
      said = noted(data.pause_ms);
    } catch {
      said = "unknown";
    }
    if (said !== told) setStateValue("since", (told = said));
  };
  if (parentElement.meredaStop) parentElement.meredaStop();
  look();
  const timer = setInterval(look, BEAT_MS);
  document.addEventListener("visibilitychange", look);
  parentElement.meredaStop = () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", look);
  };
  return parentElement.meredaStop;
}
