from common.subjects import SubjectsConfig


class OversightConfig(SubjectsConfig):
    name = "oversight"
    verbose_name = "督查"
    subjects = ("followups",)
