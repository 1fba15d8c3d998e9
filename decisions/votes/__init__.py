"""Votes: questions, rounds, who voted what, and the count (`tally.py`)."""
