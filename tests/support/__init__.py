"""Parts of conftest.py: databases cloned from a template, the clock, a served site, Chromium, a mail server."""
