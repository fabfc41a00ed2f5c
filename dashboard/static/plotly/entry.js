// The kinds of traces that charts are made of (dashboard/charts), besides scatter, which the core has.
const Plotly = require("plotly.js/lib/core");
Plotly.register([require("plotly.js/lib/bar"), require("plotly.js/lib/choropleth"), require("plotly.js/lib/scattergeo")]);
module.exports = Plotly;
