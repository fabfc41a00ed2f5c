// Scrolls its mark into view when the reader has opened something new that stands outside the screen.
// Called again with every draw of the page; only a greater turn than the last one moves anything.

// What stands above is drawn anew after the click and takes its height late: the mark is followed until it rests.
const RESTING_MS = 1500;
const SETTLING_MS = 8000;
const READER_MOVES = ["wheel", "touchmove", "pointerdown", "keydown"];

let lastTurn = null;

function follow(mark) {
  const end = performance.now() + SETTLING_MS;
  let place = null;
  let restingSince = performance.now();
  const reader = new AbortController();
  for (const name of READER_MOVES) {
    window.addEventListener(name, () => reader.abort(), { passive: true, signal: reader.signal });
  }
  mark.style.scrollMarginTop = `${Math.round(window.innerHeight * 0.2)}px`;
  const step = () => {
    const now = performance.now();
    const { top } = mark.getBoundingClientRect();
    if (top !== place) [place, restingSince] = [top, now];
    if (reader.signal.aborted || !mark.isConnected || now > end || now - restingSince > RESTING_MS) {
      reader.abort();
      return;
    }
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
