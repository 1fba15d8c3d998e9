"""Installs, starts and stops everything the program needs; runs on Debian's own python3 alone."""
