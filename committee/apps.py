from common.subjects import SubjectsConfig


class CommitteeConfig(SubjectsConfig):
    name = "committee"
    verbose_name = "组织与分工"
    subjects = ("units", "bodies", "roles", "register", "division")
