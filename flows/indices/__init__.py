"""Daily indices of tension and de-escalation: formulas, dyads of an event, days of dyads and states, phases, alerts.

Knows nothing of texts or storage: events in, numbers out. The formula lies in `formula.toml`.
"""
