// Scrolls its mark into view when the reader has opened something new that stands outside the screen.
// Called again with every draw of the page; only a greater turn than the last one moves anything.

// What stands above is drawn anew after the click and takes its height late: the mark is followed for so long.
const SETTLING_MS = 2500;
const READER_MOVES = ["wheel", "touchmove", "pointerdown", "keydown"];

let lastTurn = null;

function follow(mark) {
  const end = performance.now() + SETTLING_MS;
  const reader = new AbortController();
  for (const name of READER_MOVES) {
    window.addEventListener(name, () => reader.abort(), { passive: true, signal: reader.signal });
  }
  mark.style.scrollMarginTop = `${Math.round(window.innerHeight * 0.2)}px`;
  const step = () => {
    if (reader.signal.aborted) return;
    if (performance.now() > end || !mark.isConnected) {
      reader.abort();
      return;
    }
    const { top } = mark.getBoundingClientRect();
    if (top < 0 || top > window.innerHeight * 0.6) mark.scrollIntoView({ block: "start" });
    requestAnimationFrame(step);
  };
  step();
}

export default function (component) {
  const { data, parentElement } = component;
  const mark = parentElement.querySelector(".mereda-anchor");
  const isNew = lastTurn !== null && data.turn > lastTurn;
  lastTurn = data.turn;
  if (mark && isNew) follow(mark);
}
