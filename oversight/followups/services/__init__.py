"""The writes of this subject."""
