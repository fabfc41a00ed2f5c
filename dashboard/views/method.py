"""How the figures are made, beside the figures: formula, validity, limits, types, statuses, codebook, versions."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import cached
from dashboard.translation import later, t
from dashboard.translation.written import plain_number
from dashboard.views import wording
from dashboard.views.changelog import draw_changelog, draw_versions
from dashboard.views.codebook import draw_codebook
from dashboard.views.validity import draw_numbers, draw_validity

FORMULA = later("""
For two sides and a day, **conflict** is the sum over that day's events of *weight × |score|* for escalation;
**cooperation** is the same sum for de-escalation.

*weight = confidence × status × corroboration × casualties*

- **confidence**: the share of such readings that are right, from 0 to 1
- **status**: 1 for what occurred, less for what is only alleged, 0 for everything else
- **corroboration**: grows with the number of independent outlet *families*; a second copy of the same text adds nothing
- **casualties**: raises the weight of events that killed or injured people

**Tension** and **de-escalation** are exponentially decayed sums of these: an event counts half after
{half_life} days. What two sides settle (an agreement, a cease-fire, a withdrawal, a concession) also takes away a
share of the tension that stands between them and adds it to de-escalation, unless blows of the same day outweigh it;
an assault takes away a share of standing de-escalation. **Net** is de-escalation minus tension: above zero, relations
ease. All are in weight points. Each day of a curve names the version of the formula it was computed with; each share,
and how far the curves agree with the record of known crises, stand in `flows/indices/formula.toml` and
`docs/validity.md`.
""")

LIMITS = later("""
- The band (90 %, of the net) says how much the figure depends on single outlet families; it is wide where few speak.
- A hollow dot is a day on which too few outlets speak to lean on it.
- A day without news has no dot: unknown is not calm. The line in between is decay alone.
- The figures measure what is *reported* between two sides, not what happens between them.
- Every marker opens its sentences. If a sentence does not say what the marker says, trust the sentence.
""")


def draw() -> None:
    """Draws the page on method."""
    st.header(t("Method"))
    st.subheader(t("From a sentence to a curve"))
    st.markdown(t(FORMULA, half_life=plain_number(cached.half_life_days())))
    draw_numbers()
    draw_validity()
    st.subheader(t("What to keep in mind"))
    st.markdown(t(LIMITS))
    st.subheader(t("Event types"))
    st.caption(
        t(
            "From PLOVER 0.8. The score says how hostile (-10) or friendly (+10) a type is. "
            "The direction, what it does to the relation, is read separately."
        )
    )
    types = [
        {
            t("Type"): wording.written_code(name),
            t("Score"): plain_number(score),
            t("What it covers"): t(covers),
        }
        for name, (_, score, covers) in wording.TYPES.items()
    ]
    _draw_table(types)
    st.subheader(t("Statuses"))
    statuses = [
        {t("Status"): wording.status_word(name), t("Meaning"): t(meaning)} for name, meaning in wording.STATUSES.items()
    ]
    _draw_table(statuses)
    draw_codebook()
    draw_versions()
    draw_changelog()


def _draw_table(rows: list[dict[str, str]]) -> None:
    """A plain table, whose words wrap on a narrow screen."""
    frame = pd.DataFrame(rows)
    st.table(frame.set_index(frame.columns[0]))
