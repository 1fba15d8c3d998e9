"""import-linter sees a folder only if it is a package: none may escape the contracts by lacking its __init__.py."""

from _platform.code import CHECKOUT

APPS = ("common", "committee", "agenda", "decisions", "oversight", "desk")


def test_every_folder_with_python_is_a_package() -> None:
    folders = {path.parent for app in APPS for path in (CHECKOUT / app).rglob("*.py")}
    assert sorted(folder for folder in folders if not (folder / "__init__.py").exists()) == []
