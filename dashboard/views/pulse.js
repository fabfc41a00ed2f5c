// Asks every few seconds whether something is new, while somebody can see the page: a hidden tab asks nothing, and asks
// at once when it is looked at again. Streamlit calls the default function again with every draw.

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const beat = () => {
    if (document.visibilityState === "visible") setTriggerValue("beat", Date.now());
  };
  if (parentElement.meredaStop) parentElement.meredaStop();
  const timer = setInterval(beat, data.every_ms);
  document.addEventListener("visibilitychange", beat);
  parentElement.meredaStop = () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", beat);
  };
  return parentElement.meredaStop;
}
