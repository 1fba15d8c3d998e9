"""Drafting, reviewing, signing and correcting a 纪要: one write a module."""
