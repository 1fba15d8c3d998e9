"""Makes the template databases for the code as it stands: `python -m tests.support.templates`, before pytest begins."""

from tests.support import process


def main() -> None:
    process.begin()
    try:
        from tests.support.databases import TestDatabase

        TestDatabase().drop()
    finally:
        process.leave()


if __name__ == "__main__":
    main()
