// Scrolls its mark into view when the reader has opened something new that stands outside the screen.
// Called again with every draw of the page; only a greater turn than the last one moves anything.

let lastTurn = null;

export default function (component) {
  const { data, parentElement } = component;
  const mark = parentElement.querySelector(".mereda-anchor");
  const isNew = lastTurn !== null && data.turn > lastTurn;
  lastTurn = data.turn;
  if (!mark || !isNew) return;
  const { top } = mark.getBoundingClientRect();
  if (top >= 0 && top < window.innerHeight * 0.6) return;
  const isCalm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  mark.scrollIntoView({ block: "center", behavior: isCalm ? "auto" : "smooth" });
}
