"""Daily briefs of dyads: where two sides stand, and what moved them, each line with its sentence and its link."""

from flows.rounds.briefing.publish import FORMATS, render_brief, write_briefs
from warehouse.briefs import Brief, BriefEvent, briefed_dyads, gather_brief

__all__ = ["FORMATS", "Brief", "BriefEvent", "briefed_dyads", "gather_brief", "render_brief", "write_briefs"]
