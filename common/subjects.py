"""An app made of subjects: when it starts, what each subject registers is imported, in the subjects' order."""

from importlib import import_module
from typing import ClassVar

from django.apps import AppConfig
from django.utils.module_loading import module_has_submodule

REGISTERING = ("navigation", "handlers", "papers", "slots")


class SubjectsConfig(AppConfig):
    """Names its subjects from the lowest up. A subject registers by having one of the REGISTERING modules:

    navigation.py (entries of the frame), handlers.py (outbox), papers.py (kinds of document), slots.py (what it
    fills in pages of lower floors).
    """

    subjects: ClassVar[tuple[str, ...]] = ()
    default = False

    def __init_subclass__(cls) -> None:
        """An apps.py that imports this class holds two; Django takes the one that says it is meant."""
        cls.default = True

    def ready(self) -> None:
        for subject in self.subjects:
            package = import_module(f"{self.name}.{subject}")
            for part in REGISTERING:
                if module_has_submodule(package, part):
                    import_module(f"{self.name}.{subject}.{part}")
