"""Daily indices of tension and de-escalation between two sides: formula, dyads of an event, daily sums, phases.

Knows nothing of texts or storage: events in, numbers out. The formula lies in `formula.toml`.
"""
