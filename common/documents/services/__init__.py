"""Asking for a paper, and making it."""
