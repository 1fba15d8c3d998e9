"""The writes of this subject, one module per verb."""
