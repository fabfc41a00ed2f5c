// Says to the browser which language the page is in, for screen readers, hyphenation and translators; and begins to load
// what draws charts where the page has some, since this stands first on it. Streamlit calls the default function again
// with every draw.

export default function (component) {
  const { language, library } = component.data;
  document.documentElement.lang = language;
  if (!library || window.Plotly || document.querySelector(`script[src="${library}"]`)) return;
  const script = document.createElement("script");
  script.src = library;
  script.addEventListener("error", () => script.remove()); // the chart itself tries again
  document.head.appendChild(script);
}
