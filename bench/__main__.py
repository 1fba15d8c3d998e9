"""Prints the table of ratios: ./bin/bench [rounds]. It never judges and never gates a landing."""

import os
import sys

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from bench import hundred, table

    if sys.argv[1:] == ["hundred"]:
        hundred.main()
    else:
        table.main(*map(int, sys.argv[1:]))
