// Says to the browser which language the page is in, for screen readers, hyphenation and translators.
// Streamlit calls the default function again with every draw.

export default function (component) {
  document.documentElement.lang = component.data.language;
}
