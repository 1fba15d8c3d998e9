"""Pages of meetings: list and plan, the meeting, its agenda, its notice, its papers."""
