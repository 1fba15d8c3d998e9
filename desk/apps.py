from common.subjects import SubjectsConfig


class DeskConfig(SubjectsConfig):
    name = "desk"
    verbose_name = "工作台"
    subjects = ("workbench", "search", "imports", "demo")
